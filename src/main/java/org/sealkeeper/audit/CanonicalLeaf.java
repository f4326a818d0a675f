package org.sealkeeper.audit;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** Writes the members of a leaf as canonical JSON (RFC 8785): one text for one meaning. */
final class CanonicalLeaf {
    /** The code points JSON names by a letter (RFC 8785 section 3.2.2.2). */
    private static final Map<Character, String> SHORT_ESCAPES =
            Map.of('"', "\\\"", '\\', "\\\\", '\b', "\\b", '\t', "\\t", '\n', "\\n", '\f', "\\f", '\r', "\\r");

    private CanonicalLeaf() {}

    /** The bytes of the object. The enum's order is that of the names' UTF-16 code units, as RFC 8785 sorts them. */
    static byte[] of(EnumMap<LeafField, Object> members) {
        var json = new StringBuilder(512);
        char separator = '{';
        for (Map.Entry<LeafField, Object> member : members.entrySet()) {
            json.append(separator)
                    .append('"')
                    .append(member.getKey().fieldName())
                    .append("\":");
            switch (member.getValue()) {
                case Long number -> json.append(number.longValue());
                case String text -> quote(text, json);
                default -> throw new IllegalArgumentException("expected text or an integer");
            }
            separator = ',';
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= ' ' && character != '"' && character != '\\') {
                json.append(character);
            } else {
                String escape = SHORT_ESCAPES.get(character);
                json.append(escape != null ? escape : "\\u%04x".formatted((int) character));
            }
        }
        json.append('"');
    }
}
