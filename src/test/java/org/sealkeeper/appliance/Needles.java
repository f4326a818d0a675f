package org.sealkeeper.appliance;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Byte strings to be searched for, all in one pass; each of at least eight bytes. */
final class Needles {
    private final Map<Long, byte[]> byBeginning = new HashMap<>();

    private Needles() {}

    static Needles of(List<byte[]> needles) {
        var all = new Needles();
        needles.forEach(needle -> all.byBeginning.put(ByteBuffer.wrap(needle).getLong(), needle));
        return all;
    }

    /** How many of them are somewhere in the bytes. */
    int foundIn(byte[] bytes) {
        boolean[] first = new boolean[1 << 16];
        byBeginning.keySet().forEach(beginning -> first[(int) (beginning >>> 48)] = true);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Map<Long, Boolean> found = new HashMap<>();
        for (int i = 0; i + Long.BYTES <= bytes.length; i++) {
            if (first[((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)]) {
                long beginning = buffer.getLong(i);
                byte[] needle = byBeginning.get(beginning);
                if (needle != null && isAt(bytes, i, needle)) {
                    found.put(beginning, true);
                }
            }
        }
        return found.size();
    }

    private static boolean isAt(byte[] bytes, int at, byte[] needle) {
        return at + needle.length <= bytes.length
                && Arrays.equals(bytes, at, at + needle.length, needle, 0, needle.length);
    }
}
