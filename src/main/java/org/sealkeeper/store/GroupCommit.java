package org.sealkeeper.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** Commits after which the write-ahead log is folded into the database: few enough for the log to stay in the page cache. */
    private static final int COMMITS_PER_FOLD = 64;

    private final Callable<Connection> connect;
    private final StoreFile file;
    private final BlockingQueue<Waiting<?>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Thread thread;
    private volatile boolean closing;
    private volatile CommitGuard guard = CommitGuard.NONE;
    private final AtomicReference<@Nullable WritingStopped> stopped = new AtomicReference<>();
    private final List<Consumer<WritingStopped>> listeners = new CopyOnWriteArrayList<>();
    /** Owned by the writer thread; null until the first group and after a failed commit. */
    private @Nullable Rows rows;

    private int commits;

    GroupCommit(Callable<Connection> connect, StoreFile file) {
        this.connect = connect;
        this.file = file;
        this.thread = Thread.ofPlatform().name("store-writer").daemon(true).start(this::commitGroups);
    }

    <T> CompletionStage<T> submit(Work<T> work) {
        var waiting = new Waiting<>(work);
        WritingStopped why = stopped.get();
        if (why != null) {
            waiting.fail(why);
        } else if (closing) {
            waiting.fail(new StoreFault("the store is closed", null));
        } else if (!queue.offer(waiting)) {
            waiting.fail(new Overload("the store's queue", QUEUE_CAPACITY));
        }
        return waiting.durable;
    }

    private void commitGroups() {
        List<Waiting<?>> group = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                continue; // closing: go on until the queue is empty
            }
            queue.drainTo(group, GROUP_LIMIT - 1);
            commit(group);
            group.clear();
        }
        disconnect();
    }

    void guard(CommitGuard newGuard) {
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

    private void commit(List<Waiting<?>> group) {
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
            if (group.size() == 1) {
                group.getFirst().fail(new StoreFault("the store could not write: " + e.getMessage(), e));
                return;
            }
            group.forEach(waiting -> commit(List.of(waiting))); // finds the one that fails; the others succeed
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

    private void runInOneTransaction(List<Waiting<?>> group) throws Exception {
        Rows open = connected();
        try {
            file.requireUntouched();
            open.begin();
            guard.before(open);
            for (Waiting<?> waiting : group) {
                waiting.run(open);
            }
            guard.after(open);
            open.commit();
            file.requireKept();
        } catch (SQLException | RuntimeException e) {
            guard.failed();
            disconnect(); // rolls back; the state of the connection after a failed commit is not relied on
            throw e;
        }
    }

    private void answer(List<Waiting<?>> group) {
        guard.committed().whenComplete((kept, failure) -> {
            if (failure == null) {
                group.forEach(Waiting::succeed);
            } else {
                group.forEach(waiting -> waiting.fail(failure));
            }
        });
        foldNowAndThen();
    }

    /** What is in the write-ahead log is durable already: if this fails, it is tried again after the next group. */
    private void foldNowAndThen() {
        Rows open = rows;
        try {
            if (open != null && ++commits % COMMITS_PER_FOLD == 0) {
                file.requireUntouched();
                open.fold();
                file.folded();
            }
        } catch (WritingStopped found) {
            stop(found);
        } catch (SQLException | StoreFault e) {
            System.getLogger(GroupCommit.class.getName())
                    .log(System.Logger.Level.WARNING, "the write-ahead log was not folded: {0}", e.getMessage());
            disconnect();
        }
    }

    private Rows connected() throws Exception {
        Rows open = rows;
        if (open == null) {
            open = new Rows(connect.call());
            rows = open;
            file.opened();
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
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.forEach(late -> late.fail(new StoreFault("the store is closed", null)));
    }

    /** One caller's work, its result until the commit, and the stage it holds. */
    private static final class Waiting<T> {
        private final Work<T> work;
        private final CompletableFuture<T> durable = new CompletableFuture<>();
        private @Nullable Result<T> result;

        Waiting(Work<T> work) {
            this.work = work;
        }

        void run(Rows rows) throws SQLException {
            result = new Result<>(work.run(rows));
        }

        void succeed() {
            if (result != null) {
                durable.complete(result.value);
            }
        }

        void fail(Throwable fault) {
            durable.completeExceptionally(fault);
        }

        private record Result<T>(T value) {}
    }
}
