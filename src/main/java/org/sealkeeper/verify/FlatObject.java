package org.sealkeeper.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * One JSON object whose members are texts and integers, read strictly.
 *
 * @param members each a {@link String} or a {@link Long}, in the order they were written
 */
public record FlatObject(SequencedMap<String, Object> members) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    /** Names that may be shown in a message to an operator's terminal. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,32}");

    /**
     * Reads exactly one object (RFC 8259) and nothing after it.
     *
     * @throws IllegalArgumentException for a duplicate member, a name that is not 1 to 32 letters, a value that is neither text nor an integer of 64 bits
     *     (1.0, 1e3 and -0 are not), or anything after the object
     */
    public static FlatObject parse(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "expected a JSON object");
            SequencedMap<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                expect(NAME.matcher(name).matches(), "expected member names of 1 to 32 letters");
                parser.nextToken();
                members.put(name, value(name, parser));
            }
            expect(parser.nextToken() == null, "expected nothing after the JSON object");
            return new FlatObject(members);
        } catch (IOException e) {
            throw new IllegalArgumentException("expected one JSON object without duplicate members", e);
        }
    }

    private static Object value(String name, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        expect(token == JsonToken.VALUE_NUMBER_INT, "expected text or an integer in '" + name + "'");
        long number = parser.getLongValue();
        expect(Long.toString(number).equals(parser.getText()), "expected a plain integer in '" + name + "'");
        return number;
    }

    /** The text of a member, or a refusal where it is absent or not text. */
    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("expected text in '" + name + "'");
    }

    private static void expect(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
