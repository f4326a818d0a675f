package org.sealkeeper.hsm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for a session, key by key in turn. One key has at most half of the sessions and half of the places: a key whose calls hang
 * leaves the others the rest.
 */
final class RequestQueue {
    private final int places;
    private final int mostWaitingOfOneKey;
    private final int mostRunningOfOneKey;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition someReady = lock.newCondition();
    private final Map<String, Line> lines = new HashMap<>();
    /** Those of which a request may run now; the next one first. */
    private final Deque<Line> ready = new ArrayDeque<>();

    private int waiting;
    private boolean isClosed;

    RequestQueue(int places, int sessions) {
        this.places = places;
        this.mostWaitingOfOneKey = (places + 1) / 2;
        this.mostRunningOfOneKey = Math.max(1, sessions / 2);
    }

    /** The requests of one key. */
    private static final class Line {
        private final String key;
        private final Deque<SessionRequest<?>> waiting = new ArrayDeque<>();
        private int running;

        Line(String key) {
            this.key = key;
        }
    }

    /** Adds a request; false where it has no place. */
    boolean offer(SessionRequest<?> request) {
        lock.lock();
        try {
            Line line = lines.computeIfAbsent(request.key(), Line::new);
            if (waiting == places || line.waiting.size() == mostWaiting(request)) {
                forgetIfIdle(line);
                return false;
            }
            line.waiting.addLast(request);
            waiting++;
            if (line.waiting.size() == 1 && line.running < mostRunning(line)) {
                makeReady(line);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private int mostWaiting(SessionRequest<?> request) {
        return request.key().isEmpty() ? places : mostWaitingOfOneKey;
    }

    private int mostRunning(Line line) {
        return line.key.isEmpty() ? Integer.MAX_VALUE : mostRunningOfOneKey;
    }

    private void makeReady(Line line) {
        ready.addLast(line);
        someReady.signal();
    }

    /** The next request, whose end {@link #done} must be told; null where none came in time, or none will come. */
    @Nullable
    SessionRequest<?> poll(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (ready.isEmpty()) {
                if (left <= 0 || isClosed) {
                    return null;
                }
                left = someReady.awaitNanos(left);
            }
            return take(ready.removeFirst());
        } finally {
            lock.unlock();
        }
    }

    private SessionRequest<?> take(Line line) {
        SessionRequest<?> next = line.waiting.removeFirst();
        waiting--;
        line.running++;
        if (!line.waiting.isEmpty() && line.running < mostRunning(line)) {
            makeReady(line);
        }
        return next;
    }

    /** A request that was polled no longer runs. */
    void done(SessionRequest<?> request) {
        lock.lock();
        try {
            Line line = Objects.requireNonNull(lines.get(request.key()), "polled before");
            line.running--;
            if (!line.waiting.isEmpty() && line.running == mostRunning(line) - 1) {
                makeReady(line);
            }
            forgetIfIdle(line);
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfIdle(Line line) {
        if (line.waiting.isEmpty() && line.running == 0) {
            lines.remove(line.key);
        }
    }

    /** Takes out those that are overdue. */
    List<SessionRequest<?>> removeOverdue(long now) {
        return remove(now, false);
    }

    /** Takes out all, and lets no thread wait for more. */
    List<SessionRequest<?>> close() {
        lock.lock();
        try {
            isClosed = true;
            someReady.signalAll();
            return remove(0, true);
        } finally {
            lock.unlock();
        }
    }

    private List<SessionRequest<?>> remove(long now, boolean all) {
        List<SessionRequest<?>> removed = new ArrayList<>();
        lock.lock();
        try {
            for (Line line : List.copyOf(lines.values())) {
                line.waiting.removeIf(request -> (all || request.isOverdue(now)) && removed.add(request));
                if (line.waiting.isEmpty()) {
                    ready.remove(line);
                }
                forgetIfIdle(line);
            }
            waiting -= removed.size();
        } finally {
            lock.unlock();
        }
        return removed;
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }
}
