package org.sealkeeper.merkle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which log it is: the first line of its checkpoints (C2SP tlog-checkpoint), by convention a URL without its scheme, such as
 * {@code lab-a.example/sealkeeper}. Other logs may have spaces in it.
 *
 * @param value 1 to 255 bytes of UTF-8, as ML-DSA-44 cosignatures take it (C2SP tlog-cosignature), without control characters
 */
public record Origin(String value) {
    /** Bytes of UTF-8. */
    static final int MAX_BYTES = 255;

    public Origin {
        if (value.isEmpty()
                || value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                || value.codePoints().anyMatch(Origin::isForbidden)) {
            throw new IllegalArgumentException(
                    "expected an origin of 1 to " + MAX_BYTES + " bytes without control characters");
        }
    }

    private static boolean isForbidden(int character) {
        return character < ' ' || Character.getType(character) == Character.SURROGATE;
    }

    /** The SHA-256 of the origin in lowercase hexadecimal, as witnesses name a log in URLs. */
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
