package org.sealkeeper.hsm;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thread of the pool: takes requests, and runs them on its own session. */
final class SessionThread implements Runnable {
    /** How long an idle thread may take to see that it should stop. */
    private static final int STOP_POLL_MILLIS = 200;

    private static final int STOP_WAIT_MILLIS = 5_000;

    private final BlockingQueue<SessionRequest<?>> queue;
    private final Supplier<PooledSession> opener;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable PooledSession session;
    private volatile @Nullable SessionRequest<?> current;
    private volatile boolean stopping;

    SessionThread(BlockingQueue<SessionRequest<?>> queue, Supplier<PooledSession> opener) {
        this.queue = queue;
        this.opener = opener;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                SessionRequest<?> request = queue.poll(STOP_POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (request != null) {
                    current = request;
                    serve(request);
                    current = null;
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts these threads but the end of the process.
            Thread.currentThread().interrupt();
        } finally {
            closeSession();
            ended.countDown();
        }
    }

    private <T> void serve(SessionRequest<T> request) {
        if (request.isDone() || request.isOverdue(System.nanoTime())) {
            request.failOverdue();
            return;
        }
        T result;
        try {
            result = request.runOn(openSession());
        } catch (RuntimeException | Error e) {
            // Whatever failed, an operation may still be active on the session: it must not meet the next key.
            closeSession();
            request.completeExceptionally(e);
            return;
        }
        if (!request.complete(result)) {
            // The deadline had passed while the token held the call; a session that hung is not trusted again.
            closeSession();
        }
    }

    /** Fails the request this thread is on if its time is over; the thread itself stays until the token lets it go. */
    void failIfOverdue(long now) {
        SessionRequest<?> request = current;
        if (request != null && request.isOverdue(now)) {
            request.failOverdue();
        }
    }

    void stop() {
        stopping = true;
    }

    void awaitEnd() {
        try {
            boolean _ = ended.await(STOP_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PooledSession openSession() {
        PooledSession open = session;
        if (open == null) {
            open = opener.get();
            session = open;
        }
        return open;
    }

    private void closeSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
