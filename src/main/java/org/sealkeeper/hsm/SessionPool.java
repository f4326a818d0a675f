package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.kernel.Overload;

/**
 * The only threads that call the token for callers: a fixed number, each with one session of its own, behind one bounded
 * queue.
 *
 * <p>Platform threads, because a native call that hangs would take a carrier of virtual threads with it; never the caller's
 * thread, because nothing can interrupt such a call. A request that outlives its deadline fails then, whether it waits or
 * hangs in the token; a session that failed in any way is closed, and the next request gets a new one.
 */
final class SessionPool implements AutoCloseable {
    private static final int WATCHES_PER_DEADLINE = 20;

    private final BlockingQueue<SessionRequest<?>> queue;
    private final int queueLength;
    private final List<SessionThread> threads = new ArrayList<>();
    private final BackgroundLoop watch;
    private volatile boolean closed;

    /**
     * Starts the threads; each opens its session with {@code opener} when it first has work.
     *
     * @param name of the threads, and of the loop that watches them
     */
    SessionPool(
            String name,
            Supplier<PooledSession> opener,
            int size,
            int queueLength,
            Duration shortestDeadline,
            BackgroundLoops loops) {
        this.queue = new ArrayBlockingQueue<>(queueLength);
        this.queueLength = queueLength;
        for (int i = 0; i < size; i++) {
            SessionThread thread = new SessionThread(queue, opener);
            threads.add(thread);
            Thread.ofPlatform().name(name + "-" + i).daemon().start(thread);
        }
        Duration period = Duration.ofMillis(Math.max(1, shortestDeadline.toMillis() / WATCHES_PER_DEADLINE));
        this.watch = loops.loop(name + "-watch", period, this::failOverdue, "overdue requests were not ended");
        watch.start();
    }

    /**
     * Queues work for the next free session.
     *
     * <p>The stage completes on one of the few threads that sign: what depends on it must be short, and must never wait.
     *
     * @return the work's result; or {@link Overload} where the queue is full, {@link HsmFault} where the deadline passed
     */
    <T> CompletionStage<T> submit(Duration deadline, Function<PooledSession, T> work) {
        var request = new SessionRequest<T>(work, deadline);
        if (closed) {
            request.completeExceptionally(closedFault());
        } else if (!queue.offer(request)) {
            request.completeExceptionally(new Overload("the HSM's queue", queueLength));
        } else if (closed) {
            // Closed in between: no thread may be left to serve it.
            request.completeExceptionally(closedFault());
        }
        return request;
    }

    private void failOverdue() {
        long now = System.nanoTime();
        threads.forEach(thread -> thread.failIfOverdue(now));
        for (SessionRequest<?> waiting : queue) {
            if (waiting.isOverdue(now)) {
                waiting.failOverdue();
                queue.remove(waiting);
            }
        }
    }

    /** Refuses what waits, lets what is in the token end, and closes the sessions. Does not wait for a call that hangs. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(SessionThread::stop);
        for (SessionRequest<?> waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.completeExceptionally(closedFault());
        }
        threads.forEach(_ -> wakeOne());
        threads.forEach(SessionThread::awaitEnd);
        watch.close();
    }

    /** By a request that is done; where the queue has no room for it, the thread looks by itself soon. */
    private void wakeOne() {
        var nothing = new SessionRequest<>(_ -> "awake", Duration.ZERO);
        nothing.completeExceptionally(closedFault());
        boolean _ = queue.offer(nothing);
    }

    private static HsmFault closedFault() {
        return new HsmFault("the token's sessions are closed", null);
    }
}
