package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.sealkeeper.hsm.state.Meaning;

/** Work that waits for, or is on, a session; and the stage of its result. */
final class SessionRequest<T> extends CompletableFuture<T> {
    private final String key;
    private final boolean isRepeatable;
    private final Function<PooledSession, T> work;
    private final Duration timeout;
    private final long deadline;

    /**
     * Begins its time now.
     *
     * @param key whose share of the sessions it uses; empty for that of none
     * @param isRepeatable whether to do it twice is as good as once: it makes and changes no object of the token
     */
    SessionRequest(String key, boolean isRepeatable, Function<PooledSession, T> work, Duration timeout) {
        this.key = key;
        this.isRepeatable = isRepeatable;
        this.work = work;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    String key() {
        return key;
    }

    boolean isRepeatable() {
        return isRepeatable;
    }

    T runOn(PooledSession session) {
        return work.apply(session);
    }

    /** Of {@link System#nanoTime()}. */
    long deadline() {
        return deadline;
    }

    /** @param now of {@link System#nanoTime()} */
    boolean isOverdue(long now) {
        return now - deadline > 0;
    }

    HsmFault overdue() {
        return new HsmFault(Meaning.NO_ANSWER, "the token did not answer within " + timeout.toMillis() + " ms");
    }
}
