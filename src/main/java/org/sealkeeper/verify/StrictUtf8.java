package org.sealkeeper.verify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text as bytes, without the replacement characters that would let two byte strings read alike. */
public final class StrictUtf8 {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

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

    /**
     * The bytes of a file that people hand on, without the mark some editors put before them (Unicode section 23.8). Not for what
     * has one form only: there it is one byte too many.
     */
    public static byte[] withoutByteOrderMark(byte[] file) {
        int length = BYTE_ORDER_MARK.length;
        return file.length >= length && Arrays.equals(file, 0, length, BYTE_ORDER_MARK, 0, length)
                ? Arrays.copyOfRange(file, length, file.length)
                : file;
    }
}
