package org.sealkeeper.hsm.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** How long something takes, done one time after the other. */
record Pace(Duration median, Duration longest) {
    private static final double NANOS_PER_MILLI = 1e6;

    static Pace of(int times, Supplier<?> work) {
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long begun = System.nanoTime();
            var _ = work.get();
            taken.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        Collections.sort(taken);
        return new Pace(taken.get(times / 2), taken.getLast());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "median %.1f ms, longest %.1f ms",
                median.toNanos() / NANOS_PER_MILLI,
                longest.toNanos() / NANOS_PER_MILLI);
    }
}
