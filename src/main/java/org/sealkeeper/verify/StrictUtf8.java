package org.sealkeeper.verify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as bytes, without the replacement characters that would let two byte strings read alike. */
public final class StrictUtf8 {
    private StrictUtf8() {}

    /**
     * The text of the bytes.
     *
     * @throws IllegalArgumentException if they are not well-formed UTF-8 (RFC 3629)
     */
    public static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("expected UTF-8", e);
        }
    }
}
