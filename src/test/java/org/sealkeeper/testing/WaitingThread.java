package org.sealkeeper.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls what waits on a thread of its own. */
public final class WaitingThread {
    private static final int PATIENCE_SECONDS = 20;

    private WaitingThread() {}

    /**
     * Returns when the call waits.
     *
     * @return its result; a fault after 20 seconds
     * @throws AssertionError if the call ends instead
     */
    public static <T> CompletableFuture<T> start(Supplier<T> call) {
        var result = new CompletableFuture<T>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> result.complete(call.get()));
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            if (!thread.isAlive()) {
                throw new AssertionError("expected a call that waits, found " + result);
            }
            Thread.onSpinWait();
        }
        return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
