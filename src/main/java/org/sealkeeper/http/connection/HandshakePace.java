package org.sealkeeper.http.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Spaces the handshakes of each origin: they are what costs the most of all a stranger can ask for. A bucket of tokens for each origin, told
 * by one time: the moment at which it will be full again (ITU-T I.371, generic cell rate algorithm).
 */
final class HandshakePace {
    static final int PER_SECOND = 200;
    static final int BURST = 400;

    /** How long one may wait for its turn; what comes then is refused. */
    static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What was quiet the longest is forgotten first. */
    static final int MAX_ORIGINS = 10_000;

    private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final long BURST_NANOS = BURST * NANOS_EACH;

    private final LongSupplier nanoTime;
    private final Map<Origin, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

    HandshakePace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes a turn, if it is not too far off: the time until then. A longer one than {@link #MAX_WAIT_NANOS} was not taken. */
    synchronized long nanosToWait(Origin origin) {
        long now = nanoTime.getAsLong();
        long used = Math.max(fullAt.getOrDefault(origin, now) - now, 0) + NANOS_EACH;
        long wait = Math.max(used - BURST_NANOS, 0);
        if (wait <= MAX_WAIT_NANOS) {
            fullAt.put(origin, now + used);
            forgetQuietest();
        }
        return wait;
    }

    private void forgetQuietest() {
        if (fullAt.size() > MAX_ORIGINS) {
            fullAt.remove(fullAt.keySet().iterator().next());
        }
    }
}
