package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Spaces what costs others: twice as long each time it was done in vain. Not safe for use by two threads. */
final class GrowingPause {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private Duration length = Duration.ZERO;
    private long began;

    /** @param nanoTime as {@link System#nanoTime} */
    GrowingPause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    boolean isOver() {
        return nanoTime.getAsLong() - began >= length.toNanos();
    }

    /** It is done once more. */
    void begin() {
        Duration twice = length.multipliedBy(2);
        length = length.isZero() ? FIRST : twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        began = nanoTime.getAsLong();
    }

    /** It was not in vain. */
    void end() {
        length = Duration.ZERO;
    }
}
