package org.sealkeeper.merkle;

import java.nio.charset.StandardCharsets;

/**
 * The name of a key that signs notes, by convention a URL without its scheme, such as {@code lab-a.example/sealkeeper}. Of a log, it
 * should be the log's {@link Origin} (C2SP tlog-checkpoint).
 *
 * @param value not empty, without Unicode spaces, control characters and {@code +} (C2SP signed-note)
 */
public record KeyName(String value) {
    public KeyName {
        if (value.isEmpty() || value.codePoints().anyMatch(KeyName::isForbidden)) {
            throw new IllegalArgumentException("expected a name without spaces, control characters and '+'");
        }
    }

    private static boolean isForbidden(int character) {
        return character == '+'
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.SURROGATE;
    }

    /** The log that has its key's name for an origin, as most have. */
    public Origin origin() {
        return new Origin(value);
    }

    /** Its length in UTF-8. */
    int bytes() {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return value;
    }
}
