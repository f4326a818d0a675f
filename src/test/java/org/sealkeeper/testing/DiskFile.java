package org.sealkeeper.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file on a disk: what of it is durable, and what was written since. */
final class DiskFile {
    /** What a disk writes as a whole. */
    private static final int SECTOR = 512;

    private byte[] durable;
    private final List<Change> pending = new ArrayList<>();
    private boolean exists;

    /** A write, or a new length. */
    private record Change(long moment, long offset, ByteBuffer data) {
        boolean isLength() {
            return !data.hasRemaining();
        }
    }

    DiskFile(byte[] durable, boolean exists) {
        this.durable = durable;
        this.exists = exists;
    }

    boolean exists() {
        return exists;
    }

    void opened() {
        exists = true;
    }

    void removed() {
        exists = false;
        durable = new byte[0];
        pending.clear();
    }

    void written(long moment, long offset, ByteBuffer data) {
        if (data.hasRemaining()) {
            pending.add(new Change(moment, offset, data));
        }
    }

    void cut(long moment, long length) {
        pending.add(new Change(moment, length, ByteBuffer.allocate(0)));
    }

    /** What was written before that moment is durable. */
    void synced(long before) {
        while (!pending.isEmpty() && pending.getFirst().moment() < before) {
            durable = apply(durable, pending.removeFirst());
        }
    }

    byte[] durable() {
        return durable;
    }

    /** What is durable, with any part of what is not. */
    byte[] afterLosing(Random what) {
        byte[] content = durable;
        double kept = new double[] {0, 0.5, 1}[what.nextInt(3)];
        for (Change change : pending) {
            if (change.isLength()) {
                content = what.nextDouble() < kept ? apply(content, change) : content;
            } else {
                content = applySectors(content, change, what, kept);
            }
        }
        return content;
    }

    private static byte[] applySectors(byte[] content, Change change, Random what, double kept) {
        byte[] changed = content;
        int from = 0;
        while (from < change.data().remaining()) {
            long offset = change.offset() + from;
            int length = (int) Math.min(SECTOR - offset % SECTOR, change.data().remaining() - from);
            if (what.nextDouble() < kept) {
                changed = apply(changed, new Change(0, offset, change.data().slice(from, length)));
            }
            from += length;
        }
        return changed;
    }

    private static byte[] apply(byte[] content, Change change) {
        if (change.isLength()) {
            return Arrays.copyOf(content, (int) change.offset());
        }
        int end = (int) change.offset() + change.data().remaining();
        byte[] changed = end > content.length ? Arrays.copyOf(content, end) : content;
        change.data().get(0, changed, (int) change.offset(), change.data().remaining());
        return changed;
    }
}
