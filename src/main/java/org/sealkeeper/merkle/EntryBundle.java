package org.sealkeeper.merkle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The entries of a tile of level 0 in one piece (C2SP tlog-tiles): each with its length before it, as 2 bytes big-endian. */
public final class EntryBundle {
    public static final int MAX_ENTRY_BYTES = 0xffff;

    private EntryBundle() {}

    /**
     * The bundle of these entries.
     *
     * @throws IllegalArgumentException if there are more than 256 entries, or one is longer than 65,535 bytes
     */
    public static byte[] encode(List<byte[]> entries) {
        if (entries.size() > TileId.FULL_WIDTH) {
            throw new IllegalArgumentException("expected at most 256 entries, found " + entries.size());
        }
        var bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException(
                        "expected an entry of at most " + MAX_ENTRY_BYTES + " bytes, found " + entry.length);
            }
            bundle.write(entry.length >> Byte.SIZE);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    /**
     * The entries of a bundle.
     *
     * @throws IllegalArgumentException if it ends in the middle of an entry, or has more than 256
     */
    public static List<byte[]> decode(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        var input = ByteBuffer.wrap(bundle);
        while (input.hasRemaining()) {
            if (entries.size() == TileId.FULL_WIDTH) {
                throw new IllegalArgumentException("expected at most 256 entries, found more");
            }
            if (input.remaining() < Short.BYTES) {
                throw new IllegalArgumentException(
                        "expected the length of entry " + entries.size() + ", found the end");
            }
            byte[] entry = new byte[Short.toUnsignedInt(input.getShort())];
            if (input.remaining() < entry.length) {
                throw new IllegalArgumentException("expected " + entry.length + " bytes of entry " + entries.size()
                        + ", found " + input.remaining());
            }
            input.get(entry);
            entries.add(entry);
        }
        return entries;
    }
}
