package org.sealkeeper.verify;

import java.util.SequencedMap;

/**
 * One JSON object whose members are texts and integers, read strictly.
 *
 * @param members each a {@link String} or a {@link Long}, in the order they were written
 */
public record FlatObject(SequencedMap<String, Object> members) {

    /**
     * Reads exactly one object (RFC 8259) and nothing after it.
     *
     * @throws IllegalArgumentException for a duplicate member, a name that is not 1 to 32 letters, a value that is neither text nor an integer of 64 bits
     *     (1.0, 1e3 and -0 are not), or anything after the object
     */
    public static FlatObject parse(String json) {
        SequencedMap<String, Object> members = StrictObject.parse(json).members();
        members.forEach((name, value) -> StrictObject.expect(
                value instanceof String || value instanceof Long, "expected text or an integer in '" + name + "'"));
        return new FlatObject(members);
    }

    /** The text of a member, or a refusal where it is absent or not text. */
    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("expected text in '" + name + "'");
    }
}
