package org.sealkeeper.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sealkeeper.kernel.CanonicalString;

/**
 * JSON of objects, lists, texts and integers in canonical form (RFC 8785): one text for one meaning. A reader takes what it knows of the tree,
 * writes it again, and compares: whatever it does not know, or was written differently, shows.
 */
public final class CanonicalJson {
    /** Those who read bound what they read; a file within a file is one text. */
    private static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxStringLength(1 << 26).build();

    private static final JsonMapper READER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalJson() {}

    /** The bytes of a tree of maps, lists, {@link String} and {@link Long}, in UTF-8. */
    public static byte[] bytes(Map<String, ?> members) {
        var json = new StringBuilder(1_024);
        append(members, json);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(Object value, StringBuilder json) {
        switch (value) {
            case Map<?, ?> members -> {
                // As RFC 8785 asks for: by their UTF-16 code units, as String compares.
                var sorted = new TreeMap<String, Object>();
                members.forEach((name, member) -> sorted.put((String) name, member));
                char separator = '{';
                for (Map.Entry<String, Object> member : sorted.entrySet()) {
                    json.append(separator);
                    CanonicalString.append(member.getKey(), json);
                    append(member.getValue(), json.append(':'));
                    separator = ',';
                }
                json.append(sorted.isEmpty() ? "{}" : "}");
            }
            case List<?> items -> {
                json.append('[');
                for (int i = 0; i < items.size(); i++) {
                    append(items.get(i), i == 0 ? json : json.append(','));
                }
                json.append(']');
            }
            case String text -> CanonicalString.append(text, json);
            case Long number -> json.append(number.longValue());
            default -> throw new IllegalArgumentException("expected objects, lists, texts and integers");
        }
    }

    /**
     * Reads one object and nothing after it.
     *
     * @throws IllegalArgumentException if it is none, or a name stands twice
     */
    public static JsonNode parse(byte[] json) {
        try {
            JsonNode tree = READER.readTree(StrictUtf8.decode(json));
            if (!tree.isObject()) {
                throw new IllegalArgumentException("expected a JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected one JSON object without duplicate members", e);
        }
    }

    /** The text of a member. */
    public static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("expected text in '" + name + "'");
        }
        return value.textValue();
    }

    /** The integer of a member, of 32 bits. */
    public static int integer(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isInt()) {
            throw new IllegalArgumentException("expected an integer in '" + name + "'");
        }
        return value.intValue();
    }

    /** The items of a list. */
    public static List<JsonNode> items(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isArray()) {
            throw new IllegalArgumentException("expected a list in '" + name + "'");
        }
        return value.valueStream().toList();
    }

    /** The items of a list of texts. */
    public static List<String> texts(JsonNode object, String name) {
        return items(object, name).stream()
                .map(item -> {
                    if (!item.isTextual()) {
                        throw new IllegalArgumentException("expected texts alone in '" + name + "'");
                    }
                    return item.textValue();
                })
                .toList();
    }
}
