package org.sealkeeper.bench;

import java.util.Arrays;

/** Latencies in nanoseconds, gathered by one thread. */
final class Samples {
    private long[] nanos = new long[1 << 14];
    private int count;

    void add(long sample) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = sample;
    }

    void clear() {
        count = 0;
    }

    long[] toArray() {
        return Arrays.copyOf(nanos, count);
    }
}
