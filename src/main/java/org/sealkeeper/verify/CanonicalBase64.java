package org.sealkeeper.verify;

import java.util.Base64;

/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2), one text for one sequence of bytes. */
final class CanonicalBase64 {
    private CanonicalBase64() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The bytes of the text.
     *
     * @throws IllegalArgumentException for padding, foreign characters, or stray bits in the last character: two texts of
     *     the same bytes would be two signatures of the same statement
     */
    static byte[] decode(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException("expected canonical base64url without padding");
        }
        return bytes;
    }
}
