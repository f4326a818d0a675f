package org.sealkeeper.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * One JSON object, read strictly.
 *
 * @param members each a {@link String}, a {@link Long}, a {@link List} of strings or another {@link StrictObject}, in the order they were
 *     written
 */
public record StrictObject(SequencedMap<String, Object> members) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    /** Names that may be shown in a message to an operator's terminal. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,32}");

    /** More than any object of ours has. */
    private static final int MAX_DEPTH = 4;

    /**
     * Reads exactly one object (RFC 8259) and nothing after it.
     *
     * @throws IllegalArgumentException for a duplicate member, a name that is not 1 to 32 letters, a value that is none of the above (1.0,
     *     1e3 and -0 are no integers), or anything after the object
     */
    public static StrictObject parse(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "expected a JSON object");
            StrictObject object = object(parser, MAX_DEPTH);
            expect(parser.nextToken() == null, "expected nothing after the JSON object");
            return object;
        } catch (IOException e) {
            throw new IllegalArgumentException("expected one JSON object without duplicate members", e);
        }
    }

    private static StrictObject object(JsonParser parser, int depth) throws IOException {
        expect(depth > 0, "expected objects within one another at most " + MAX_DEPTH + " deep");
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            expect(NAME.matcher(name).matches(), "expected member names of 1 to 32 letters");
            members.put(
                    name,
                    switch (parser.nextToken()) {
                        case START_OBJECT -> object(parser, depth - 1);
                        case START_ARRAY -> texts(name, parser);
                        case VALUE_STRING -> parser.getText();
                        default -> integer(name, parser);
                    });
        }
        return new StrictObject(members);
    }

    private static List<String> texts(String name, JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.hasToken(JsonToken.VALUE_STRING), "expected texts alone in the list '" + name + "'");
            texts.add(parser.getText());
        }
        return List.copyOf(texts);
    }

    private static long integer(String name, JsonParser parser) throws IOException {
        expect(parser.hasToken(JsonToken.VALUE_NUMBER_INT), "expected text or an integer in '" + name + "'");
        long number = parser.getLongValue();
        expect(Long.toString(number).equals(parser.getText()), "expected a plain integer in '" + name + "'");
        return number;
    }

    static void expect(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
