package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Work that waits for, or is on, a session; and the stage of its result. */
final class SessionRequest<T> extends CompletableFuture<T> {
    private final Function<PooledSession, T> work;
    private final Duration deadline;
    private final long deadlineNanos;

    SessionRequest(Function<PooledSession, T> work, Duration deadline) {
        this.work = work;
        this.deadline = deadline;
        this.deadlineNanos = System.nanoTime() + deadline.toNanos();
    }

    T runOn(PooledSession session) {
        return work.apply(session);
    }

    /** @param now of {@link System#nanoTime()} */
    boolean isOverdue(long now) {
        return now - deadlineNanos > 0;
    }

    void failOverdue() {
        completeExceptionally(new HsmFault("the token did not answer within " + deadline.toMillis() + " ms", null));
    }
}
