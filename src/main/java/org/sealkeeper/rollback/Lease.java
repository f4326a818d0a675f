package org.sealkeeper.rollback;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/**
 * How long the token's keys are still this appliance's, by its own monotonic clock. Counted from before the token was written; others
 * count from after they read it. So this appliance stops before another may begin, also one that was stopped and woken.
 */
final class Lease {
    private final long nanos;
    private final LongSupplier clock;
    private volatile long until;

    /** @param clock in nanoseconds; never goes back */
    Lease(Duration length, LongSupplier clock) {
        this.nanos = length.toNanos();
        this.clock = clock;
        this.until = clock.getAsLong();
    }

    /** @param began when the write of the token began, by the same clock */
    void renewed(long began) {
        until = began + nanos;
    }

    long nanos() {
        return nanos;
    }

    boolean isHeld() {
        return clock.getAsLong() - until < 0;
    }

    /** @throws Lapsed if it is over: the token is not to be asked */
    void requireHeld() {
        if (!isHeld()) {
            throw new Lapsed();
        }
    }

    /** The lease is over; it is renewed unless another appliance has taken the keys meanwhile. */
    static final class Lapsed extends Fault {
        private static final long serialVersionUID = 1L;

        Lapsed() {
            super(
                    FaultKind.HSM_UNAVAILABLE,
                    "the lease of the token's keys is over: this appliance was stopped for too long, or the token did not "
                            + "answer; nothing is signed until it is renewed",
                    null);
        }
    }
}
