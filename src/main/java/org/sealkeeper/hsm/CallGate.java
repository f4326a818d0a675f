package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts who is in a library, so that it can be waited for that no call is: what is done to all of its state must meet none. */
final class CallGate {
    private int inside;
    private boolean isClosed;

    /**
     * Waits while it is closed, then counts the caller, who must leave.
     *
     * @param deadline of {@link System#nanoTime()}
     * @return false where the deadline passed
     */
    synchronized boolean enter(long deadline) throws InterruptedException {
        if (!await(() -> !isClosed, deadline)) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        if (inside == 0) {
            notifyAll();
        }
    }

    /**
     * Lets none enter, and waits until all have left.
     *
     * @return whether they have; it is closed in either case, until it is opened
     */
    synchronized boolean close(Duration patience) throws InterruptedException {
        isClosed = true;
        return await(() -> inside == 0, System.nanoTime() + patience.toNanos());
    }

    synchronized void open() {
        isClosed = false;
        notifyAll();
    }

    private interface Condition {
        boolean holds();
    }

    private boolean await(Condition condition, long deadline) throws InterruptedException {
        while (!condition.holds()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
