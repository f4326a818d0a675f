package org.sealkeeper.audit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import org.sealkeeper.kernel.CanonicalString;

/** Writes the members of a leaf as canonical JSON (RFC 8785): one text for one meaning. */
final class CanonicalLeaf {
    private CanonicalLeaf() {}

    /** The bytes of the object. Names are sorted as RFC 8785 asks for: by their UTF-16 code units, as {@link String} compares. */
    static byte[] of(SortedMap<String, Object> members) {
        var json = new StringBuilder(512);
        char separator = '{';
        for (Map.Entry<String, Object> member : members.entrySet()) {
            json.append(separator).append('"').append(member.getKey()).append("\":");
            switch (member.getValue()) {
                case Long number -> json.append(number.longValue());
                case String text -> CanonicalString.append(text, json);
                default -> throw new IllegalArgumentException("expected text or an integer");
            }
            separator = ',';
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }
}
