package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.kernel.Overload;

/**
 * Threads that call the token for callers: a fixed number, each with one session of its own, behind one bounded queue.
 *
 * <p>Platform threads, because a native call that hangs would take a carrier of virtual threads with it; never the caller's
 * thread, because nothing can interrupt such a call. A request that outlives its deadline fails then, whether it waits or
 * hangs in the token; a thread whose call hangs is set aside, and another takes its place. A session that failed in any way is closed, and the
 * next request gets a new one.
 */
final class SessionPool {
    private static final int WATCHES_PER_DEADLINE = 20;

    private final String name;
    private final RequestQueue queue;
    private final int queueLength;
    private final int size;
    private final Function<Epoch, PooledSession> opener;
    private final TokenAccess access;
    private final List<SessionThread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger started = new AtomicInteger();
    private final BackgroundLoop watch;
    private volatile boolean closed;

    /**
     * Starts the threads; each opens its session with {@code opener} when it first has work.
     *
     * @param name what its sessions are for
     */
    SessionPool(
            String name,
            TokenAccess access,
            Function<Epoch, PooledSession> opener,
            int size,
            int queueLength,
            Duration shortestDeadline,
            BackgroundLoops loops) {
        this.name = name;
        this.access = access;
        this.opener = opener;
        this.size = size;
        this.queue = new RequestQueue(queueLength, size);
        this.queueLength = queueLength;
        for (int i = 0; i < size; i++) {
            startThread();
        }
        Duration period = Duration.ofMillis(Math.max(1, shortestDeadline.toMillis() / WATCHES_PER_DEADLINE));
        this.watch = loops.loop("hsm-" + name + "-watch", period, this::failOverdue, "overdue requests were not ended");
        watch.start();
    }

    private void startThread() {
        var thread = new SessionThread(name, queue, access, opener, threads::remove);
        threads.add(thread);
        Thread.ofPlatform()
                .name("hsm-" + name + "-" + started.getAndIncrement())
                .daemon()
                .start(thread);
    }

    /**
     * Queues work for the next free session.
     *
     * <p>The stage completes on one of the few threads that sign: what depends on it must be short, and must never wait.
     *
     * @return the work's result; or {@link Overload} where the queue is full, {@link HsmFault} where the deadline passed
     */
    <T> CompletionStage<T> submit(SessionRequest<T> request) {
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
        queue.removeOverdue(now).forEach(request -> request.completeExceptionally(request.overdue()));
        for (SessionThread thread : threads) {
            thread.failIfOverdue(now);
            if (thread.setAsideIfStuck(now)) {
                startThread();
            }
        }
        access.stuck(stuck(), size);
    }

    private int stuck() {
        return (int) threads.stream().filter(SessionThread::isStuck).count();
    }

    /** How it is used now. */
    TokenStatus.PoolUse use() {
        int stuck = stuck();
        long busy = threads.stream().filter(SessionThread::isBusy).count();
        return new TokenStatus.PoolUse(size, (int) Math.max(0, busy - stuck), stuck, queue.waiting());
    }

    /** Refuses what waits, and begins no more. */
    void stop() {
        closed = true;
        threads.forEach(SessionThread::stop);
        queue.close().forEach(request -> request.completeExceptionally(closedFault()));
        watch.close();
    }

    /**
     * Waits for what is in the token, and for the end of the sessions; not for calls that hang.
     *
     * @param deadline of {@link System#nanoTime()}
     * @return whether none is in the token any more
     */
    boolean awaitEnd(long deadline) {
        threads.stream().filter(thread -> !thread.isSetAside()).forEach(thread -> thread.awaitEnd(deadline));
        return threads.isEmpty();
    }

    private static HsmFault closedFault() {
        return new HsmFault(Meaning.OWN_FAULT, "the token's sessions are closed");
    }
}
