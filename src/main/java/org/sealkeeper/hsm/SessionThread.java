package org.sealkeeper.hsm;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.hsm.state.Meaning;

/** One thread of the pool: takes requests, and runs them on its own session. */
final class SessionThread implements Runnable {
    private static final System.Logger LOG = System.getLogger(SessionThread.class.getName());

    /** How long an idle thread may take to see that it should stop. */
    private static final int STOP_POLL_MILLIS = 200;

    private static final int SHORTEST_PAUSE_MILLIS = 50;
    private static final int LONGEST_PAUSE_MILLIS = 400;

    private final String pool;
    private final RequestQueue queue;
    private final TokenAccess access;
    private final Function<Epoch, PooledSession> opener;
    private final Consumer<SessionThread> whenEnded;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean isSetAside = new AtomicBoolean();
    private @Nullable PooledSession session;
    private volatile @Nullable SessionRequest<?> current;
    private volatile boolean isInToken;
    private volatile boolean stopping;

    /** @param whenEnded told once it takes no more requests, and its session is closed */
    SessionThread(
            String pool,
            RequestQueue queue,
            TokenAccess access,
            Function<Epoch, PooledSession> opener,
            Consumer<SessionThread> whenEnded) {
        this.pool = pool;
        this.queue = queue;
        this.access = access;
        this.opener = opener;
        this.whenEnded = whenEnded;
    }

    @Override
    public void run() {
        try {
            while (!stopping && !isSetAside.get()) {
                serveNext();
            }
        } finally {
            access.close(this::closeSession);
            whenEnded.accept(this);
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
            request.completeExceptionally(e);
        } finally {
            current = null;
            queue.done(request);
        }
    }

    /** An interrupt is none of ours, and ends nothing: {@link #stop} ends this thread. */
    private @Nullable SessionRequest<?> poll() {
        try {
            return queue.poll(STOP_POLL_MILLIS);
        } catch (InterruptedException e) {
            return null;
        }
    }

    private void serve(SessionRequest<?> request) {
        Map<Meaning.Repeat, Integer> repeats = new EnumMap<>(Meaning.Repeat.class);
        Optional<HsmFault> failure = attempt(request);
        while (failure.isPresent()) {
            HsmFault fault = failure.get();
            Meaning.Repeat repeat = fault.meaning().repeat();
            if (!isToBeRepeated(request, repeat, repeats.merge(repeat, 1, Integer::sum))) {
                request.completeExceptionally(fault);
                return;
            }
            failure = attempt(request);
        }
    }

    /** What the token failed with; empty where the request is done. */
    private Optional<HsmFault> attempt(SessionRequest<?> request) {
        if (request.isDone() || request.isOverdue(System.nanoTime())) {
            request.completeExceptionally(request.overdue());
            return Optional.empty();
        }
        Epoch epoch = access.enter(request.deadline());
        isInToken = true;
        long begun = System.nanoTime();
        try {
            run(request, epoch);
            return Optional.empty();
        } catch (HsmFault fault) {
            endSession(fault.meaning().session());
            access.failed(epoch, fault);
            return Optional.of(fault);
        } catch (RuntimeException | Error e) {
            // An operation may still be active on the session: it must not meet the next key.
            closeSession();
            throw e;
        } finally {
            isInToken = false;
            access.worked(pool, System.nanoTime() - begun);
            access.leave();
        }
    }

    private <T> void run(SessionRequest<T> request, Epoch epoch) {
        if (!request.complete(request.runOn(openSession(epoch)))) {
            // The deadline had passed while the token held the call; a session that hung is not trusted again.
            closeSession();
        }
    }

    /** @param time how often the same was in question, this time included */
    private boolean isToBeRepeated(SessionRequest<?> request, Meaning.Repeat repeat, int time) {
        if (!request.isRepeatable() || request.isDone() || stopping) {
            return false;
        }
        return switch (repeat) {
            case NEVER -> false;
            case ONCE, AFTER_RECOVERY -> time == 1;
            case TWICE_AFTER_PAUSES -> time <= 2 && pause();
        };
    }

    /** Of random length, so that those who failed together do not come back together. */
    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(
                    ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Fails the request this thread is on if its time is over; the thread itself stays until the token lets it go. */
    void failIfOverdue(long now) {
        SessionRequest<?> request = current;
        if (request != null && request.isOverdue(now)) {
            request.completeExceptionally(request.overdue());
        }
    }

    /** Whether it is past its deadline and still in the token, and was not set aside for that before: it ends once the token lets it go. */
    boolean setAsideIfStuck(long now) {
        SessionRequest<?> request = current;
        return request != null && isInToken && request.isOverdue(now) && isSetAside.compareAndSet(false, true);
    }

    boolean isSetAside() {
        return isSetAside.get();
    }

    /** Whether it was set aside, and its call has not returned yet. */
    boolean isStuck() {
        return isSetAside.get() && isInToken;
    }

    boolean isBusy() {
        return current != null;
    }

    void stop() {
        stopping = true;
    }

    /** Waits for its end, but not for a call that hangs. */
    void awaitEnd(long deadline) {
        try {
            boolean _ = ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PooledSession openSession(Epoch epoch) {
        PooledSession open = session;
        if (open == null || !open.isOf(epoch)) {
            // That of an earlier epoch was closed when the epoch ended; its number may be another's by now.
            session = null;
            open = opener.apply(epoch);
            session = open;
        }
        return open;
    }

    private void endSession(Meaning.Session end) {
        switch (end) {
            case KEEP -> {}
            case CLOSE -> closeSession();
            case FORGET -> session = null;
        }
    }

    /** Forgotten first: one that cannot be closed must not be used again. */
    private void closeSession() {
        PooledSession open = session;
        session = null;
        try {
            if (open != null && open.isAlive(access)) {
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
