package org.sealkeeper.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does, which has no end to be waited for. */
public final class Await {
    /** What is right takes a fraction of it, also on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /**
     * Returns once it holds.
     *
     * @throws AssertionError if it does not within a minute
     */
    public static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("expected within " + PATIENCE.toSeconds() + " s what the test waits for");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
