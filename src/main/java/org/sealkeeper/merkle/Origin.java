package org.sealkeeper.merkle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of a log or of another signer of notes, by convention a URL without its scheme, such as
 * {@code lab-a.example/sealkeeper}.
 *
 * @param value 1 to 255 bytes of UTF-8 without spaces, control characters and {@code +} (C2SP signed-note)
 */
public record Origin(String value) {
    private static final int MAX_BYTES = 255;

    public Origin {
        if (value.isEmpty()
                || value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                || value.codePoints().anyMatch(Origin::isForbidden)) {
            throw new IllegalArgumentException(
                    "expected a name of 1 to " + MAX_BYTES + " bytes without spaces, control characters and '+'");
        }
    }

    private static boolean isForbidden(int character) {
        return character == '+'
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.SURROGATE;
    }

    /** The SHA-256 of the name in lowercase hexadecimal, as witnesses name a log in URLs. */
    public String sha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
