package org.sealkeeper.hsm;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thread of the pool: takes requests, and runs them on its own session. */
final class SessionThread implements Runnable {
    private static final System.Logger LOG = System.getLogger(SessionThread.class.getName());

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
                serveNext();
            }
        } finally {
            closeSession();
            ended.countDown();
        }
    }

    /**
     * Whatever is thrown, an {@link Error} too, ends the request and its session, and not this thread: with the last of them the
     * appliance would stop signing. Nothing is left of the round, so the next one has nothing to mistrust.
     */
    private void serveNext() {
        SessionRequest<?> request = poll();
        if (request == null) {
            return;
        }
        current = request;
        try {
            serve(request);
        } catch (RuntimeException | Error e) {
            // An operation may still be active on the session: it must not meet the next key.
            closeSession();
            request.completeExceptionally(e);
        } finally {
            current = null;
        }
    }

    /** An interrupt is none of ours, and ends nothing: {@link #stop} ends this thread. */
    private @Nullable SessionRequest<?> poll() {
        try {
            return queue.poll(STOP_POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return null;
        }
    }

    private <T> void serve(SessionRequest<T> request) {
        if (request.isDone() || request.isOverdue(System.nanoTime())) {
            request.failOverdue();
            return;
        }
        if (!request.complete(request.runOn(openSession()))) {
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

    /** Forgotten first: one that cannot be closed must not be used again. */
    private void closeSession() {
        PooledSession open = session;
        session = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (RuntimeException | Error e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a session of the token could not be closed, and is not used again",
                    e);
        }
    }
}
