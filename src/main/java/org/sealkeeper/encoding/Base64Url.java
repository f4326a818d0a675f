package org.sealkeeper.encoding;

import java.util.Base64;

/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2), one text for one sequence of bytes. */
public final class Base64Url {
    private static final String EXPECTED = "expected canonical base64url without padding";

    private Base64Url() {}

    /** The text of the bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The bytes of the text.
     *
     * @throws IllegalArgumentException for padding, foreign characters, or stray bits in the last character: two texts of
     *     the same bytes would be two signatures of the same statement
     */
    public static byte[] decode(String text) {
        byte[] bytes = lenient(text);
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return bytes;
    }

    private static byte[] lenient(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }
}
