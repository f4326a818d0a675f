package org.sealkeeper.kernel;

import java.util.Map;

/** A text as a JSON string in canonical form (RFC 8785 section 3.2.2.2): one spelling for one text. */
public final class CanonicalString {
    /** The code points JSON names by a letter. */
    private static final Map<Character, String> SHORT_ESCAPES =
            Map.of('"', "\\\"", '\\', "\\\\", '\b', "\\b", '\t', "\\t", '\n', "\\n", '\f', "\\f", '\r', "\\r");

    private CanonicalString() {}

    /**
     * Appends the text in quotation marks.
     *
     * @param text of whole Unicode characters: half a surrogate pair has no bytes in UTF-8
     */
    public static void append(String text, StringBuilder json) {
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
