package org.sealkeeper.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A fault that is in force until it is closed. */
public final class InjectedFault implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final FaultyModule module;
    private final int number;
    private final TokenFault fault;

    InjectedFault(FaultyModule module, int number, TokenFault fault) {
        this.module = module;
        this.number = number;
        this.fault = fault;
    }

    /** How many calls it happened to, or is happening to. */
    public long happened() {
        return fault.happened(module.matched(number));
    }

    /** Waits until it has happened, or is happening, to so many calls. */
    public void awaitHappened(long calls) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (happened() < calls) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("expected this to happen to " + calls + " calls within " + PATIENCE.toSeconds()
                        + " s, it happened to " + happened() + ": " + fault);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Ends it; a call that hangs goes on. */
    @Override
    public void close() {
        module.remove(number);
    }
}
