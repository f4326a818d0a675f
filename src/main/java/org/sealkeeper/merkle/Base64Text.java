package org.sealkeeper.merkle;

import java.util.Base64;

/** Standard base64 with padding (RFC 4648 section 4), one text for one sequence of bytes. */
final class Base64Text {
    private static final String EXPECTED = "expected canonical base64 with padding";

    private Base64Text() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException also for stray bits in the last character, which lenient decoders overlook */
    static byte[] decode(String text) {
        byte[] bytes = lenient(text);
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return bytes;
    }

    private static byte[] lenient(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }
}
