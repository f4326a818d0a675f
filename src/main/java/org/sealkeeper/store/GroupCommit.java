package org.sealkeeper.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.Overload;

/**
 * The one writer: runs the works of all callers that wait in one transaction and makes them durable with one fsync, so that a
 * request waits for its own group only and the disk is never asked once per request.
 *
 * <p>If we crash before the commit, no caller got an answer and nothing is recorded; after it, everything is.
 */
final class GroupCommit implements AutoCloseable {
    static final int QUEUE_CAPACITY = 4_096;
    private static final int GROUP_LIMIT = 512;

    private final Engine engine;
    private final BlockingQueue<WaitingWork<?>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    /** Wakes the writer to end; does nothing. */
    private final WaitingWork<Boolean> end = new WaitingWork<>(rows -> true);

    private final Thread thread;
    /** What depends on an answer runs here: the writer only writes. */
    private final ExecutorService answers;

    private volatile boolean closing;
    private volatile CommitGuard guard = CommitGuard.NONE;
    private final AtomicReference<@Nullable WritingStopped> stopped = new AtomicReference<>();
    private final List<Consumer<WritingStopped>> listeners = new CopyOnWriteArrayList<>();
    /** Owned by the writer thread; null until the first group and after a failed commit. */
    private @Nullable Rows rows;

    GroupCommit(Engine engine) {
        this.engine = engine;
        this.answers = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("store-answers").daemon(true).factory());
        this.thread = Thread.ofPlatform().name("store-writer").daemon(true).start(this::commitGroups);
    }

    <T> CompletionStage<T> submit(Work<T> work) {
        var waiting = new WaitingWork<>(work);
        WritingStopped why = stopped.get();
        if (why != null) {
            waiting.fail(why);
        } else if (closing) {
            waiting.fail(new StoreFault("the store is closed", null));
        } else if (!queue.offer(waiting)) {
            waiting.fail(new Overload("the store's queue", QUEUE_CAPACITY));
        }
        return waiting.durable();
    }

    private void commitGroups() {
        List<WaitingWork<?>> group = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                continue; // not by us: to interrupt a driver would fail what it is asked
            }
            queue.drainTo(group, GROUP_LIMIT - 1);
            group.remove(end);
            if (!group.isEmpty()) {
                commit(group, true);
            }
            group.clear();
        }
        disconnect();
    }

    void guard(CommitGuard newGuard) {
        engine.ownedByAppliance();
        guard = newGuard;
    }

    /** Not to be undone: the first reason counts. Work under way in the writer may still end. */
    void stop(WritingStopped why) {
        if (stopped.compareAndSet(null, why)) {
            listeners.forEach(listener -> listener.accept(why));
        }
    }

    Optional<WritingStopped> whyStopped() {
        return Optional.ofNullable(stopped.get());
    }

    void whenStopped(Consumer<WritingStopped> listener) {
        listeners.add(listener);
    }

    private void commit(List<WaitingWork<?>> group, boolean mayBeRepeated) {
        WritingStopped why = stopped.get();
        if (why != null) {
            group.forEach(waiting -> waiting.fail(why));
            return;
        }
        try {
            runInOneTransaction(group);
        } catch (WritingStopped found) {
            stop(found);
            group.forEach(waiting -> waiting.fail(found));
            return;
        } catch (Exception e) {
            failed(group, e, mayBeRepeated);
            return;
        } catch (Error e) {
            // It is unknown what was left half done in this process; what is durable is still right.
            var broken = new WritingStopped(StopReason.WRITER_FAILED, "the store's writer ended with " + e);
            stop(broken);
            group.forEach(waiting -> waiting.fail(broken));
            throw e;
        }
        answer(List.copyOf(group));
    }

    private void failed(List<WaitingWork<?>> group, Exception failure, boolean mayBeRepeated) {
        if (mayBeRepeated && engine.mayPassAtOnce(failure)) {
            commit(group, false);
        } else if (group.size() == 1 || engine.isItself(failure)) {
            var fault = new StoreFault("the store could not write: " + failure.getMessage(), failure);
            group.forEach(waiting -> waiting.fail(fault));
        } else {
            group.forEach(waiting -> commit(List.of(waiting), true)); // finds the one that fails; the others succeed
        }
    }

    private void runInOneTransaction(List<WaitingWork<?>> group) throws Exception {
        Rows open = connected();
        try {
            engine.requireUntouched();
            open.begin();
            guard.before(open);
            for (WaitingWork<?> waiting : group) {
                waiting.run(open);
            }
            guard.after(open);
            commitDurably(open);
            engine.requireKept();
        } catch (SQLException | RuntimeException e) {
            guard.failed();
            disconnect(); // rolls back; the state of the connection after a failed commit is not relied on
            throw e;
        }
    }

    private void answer(List<WaitingWork<?>> group) {
        guard.committed()
                .whenCompleteAsync(
                        (kept, failure) -> {
                            if (failure == null) {
                                group.forEach(WaitingWork::succeed);
                            } else {
                                group.forEach(waiting -> waiting.fail(failure));
                            }
                        },
                        this::inTurn);
        tidyUp();
    }

    /** At once where all others were answered and the store is closed. */
    private void inTurn(Runnable answer) {
        try {
            answers.execute(answer);
        } catch (RejectedExecutionException closed) {
            answer.run();
        }
    }

    /** Also where the answer to the commit was lost. */
    private void commitDurably(Rows open) throws SQLException {
        try {
            open.commit();
        } catch (SQLException lost) {
            if (!engine.isCommitted(open, lost)) {
                throw lost;
            }
            disconnect();
        }
    }

    private void tidyUp() {
        Rows open = rows;
        if (open == null) {
            return;
        }
        try {
            engine.tidyUp(open);
        } catch (WritingStopped found) {
            stop(found);
        } catch (SQLException | StoreFault e) {
            System.getLogger(GroupCommit.class.getName())
                    .log(System.Logger.Level.WARNING, "the store was not tidied up: {0}", e.getMessage());
            disconnect();
        }
    }

    private Rows connected() throws SQLException {
        Rows open = rows;
        if (open == null) {
            open = engine.connect();
            rows = open;
        }
        return open;
    }

    private void disconnect() {
        Rows open = rows;
        rows = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                System.getLogger(GroupCommit.class.getName())
                        .log(System.Logger.Level.WARNING, "the store's connection did not close: {0}", e.getMessage());
            }
        }
    }

    /** Refuses new work, commits what already waits, and returns when all of it is answered. */
    @Override
    public void close() {
        closing = true;
        boolean _ = queue.offer(end); // where there is no room, the writer is not waiting
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.forEach(late -> late.fail(new StoreFault("the store is closed", null)));
        answers.close();
    }
}
