package org.sealkeeper.rollback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.audit.RollbackProtection;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.rollback.MemoryRecord.State;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.WritingStopped;

/**
 * The one thread that writes to the token what it is to remember: one write covers every commit since the last, and while it is under
 * way the store commits the next ones. Where nothing is to be remembered, it renews the lease.
 *
 * <p>If we crash before a write ends, no caller was answered about what it covers, and the store has more than the token remembers: the
 * next start goes on from there.
 */
final class MemoryWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MemoryWriter.class.getName());
    /** So many renewals must fail in a row before the lease is over. */
    private static final int RENEWALS_PER_LEASE = 3;
    /** After a failed renewal. */
    private static final long RETRY_NANOS = 200_000_000;

    private final Function<MemoryRecord, CompletionStage<WriteAnswer>> tokens;
    private final RollbackProtection protection;
    private final Lease lease;
    private final LongSupplier clock;
    private final Consumer<WritingStopped> stop;
    private final Thread thread;

    /** The rest is guarded by this object. */
    private MemoryRecord record;

    private Remembered latest;
    private List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    /** Of the last caller, until the token has remembered. */
    private CompletableFuture<Boolean> newest = CompletableFuture.completedFuture(true);

    private long writtenAt;
    private long renewAt;
    private boolean closing;
    private Optional<StopReason> stopped = Optional.empty();
    private @Nullable TokenForgetful failure;

    /**
     * @param tokens writes a record to the tokens
     * @param first what the token has been made to remember already
     * @param notBefore nothing is remembered for callers before this moment of the clock
     * @param stop is called where another appliance has taken the keys
     */
    MemoryWriter(
            Function<MemoryRecord, CompletionStage<WriteAnswer>> tokens,
            MemoryRecord first,
            RollbackProtection protection,
            Lease lease,
            LongSupplier clock,
            long notBefore,
            Consumer<WritingStopped> stop) {
        this.tokens = tokens;
        this.record = first;
        this.latest = first.remembered();
        this.protection = protection;
        this.lease = lease;
        this.clock = clock;
        this.stop = stop;
        this.writtenAt = clock.getAsLong();
        this.renewAt = notBefore;
        this.thread = Thread.ofPlatform().name("token-memory").daemon(true).unstarted(() -> run(notBefore));
    }

    void start() {
        thread.start();
    }

    /** Completes when the token remembers this, or something later; or at once where its window allows that. */
    synchronized CompletionStage<?> remember(Remembered now) {
        latest = now;
        if (!mustWait()) {
            return CompletableFuture.completedStage(true);
        }
        if (stopped.isPresent() || closing) {
            return CompletableFuture.failedStage(new Lease.Lapsed());
        }
        var caller = new CompletableFuture<Boolean>();
        waiting.add(caller);
        newest = caller;
        notifyAll();
        return caller;
    }

    /** Completes when everything remembered so far is in the token, or its window allows to go on without. */
    synchronized CompletionStage<?> settled() {
        return newest;
    }

    /** Why the token does not remember; empty where it does. */
    synchronized Optional<TokenForgetful> failure() {
        return Optional.ofNullable(failure);
    }

    /** Leaves the reason in the token, and gives up the keys. */
    synchronized void stop(StopReason why) {
        stopped = Optional.of(why);
        notifyAll();
    }

    private boolean mustWait() {
        return failure != null
                || protection.window().isEmpty()
                || clock.getAsLong() - writtenAt >= protection.window().get().toNanos();
    }

    private void run(long notBefore) {
        try {
            while (clock.getAsLong() - notBefore < 0) {
                Thread.sleep(1);
            }
            while (awaitWork()) {
                boolean _ = write(State.HELD);
            }
        } catch (InterruptedException e) {
            // Only the end of the process interrupts this thread.
            Thread.currentThread().interrupt();
        } catch (Error e) {
            stop.accept(new WritingStopped(StopReason.WRITER_FAILED, "the token's memory ended with " + e));
            throw e;
        }
        end();
    }

    /** Waits until a caller waits or the lease is to be renewed; false at the end. */
    private synchronized boolean awaitWork() throws InterruptedException {
        while (!closing && stopped.isEmpty()) {
            long left = renewAt - clock.getAsLong();
            if (!waiting.isEmpty() || left <= 0) {
                return true;
            }
            wait(left / 1_000_000 + 1);
        }
        return false;
    }

    /** @return whether the next is to be written at once, though nothing waits for it */
    private boolean write(State state) {
        List<CompletableFuture<Boolean>> batch;
        MemoryRecord next;
        synchronized (this) {
            batch = waiting;
            waiting = new ArrayList<>();
            next = record.next(latest, state, stopped);
            // Counts at once: an attempt that fails may be in the token all the same.
            record = next;
        }
        long began = clock.getAsLong();
        WriteAnswer answer;
        try {
            answer = Completion.await(tokens.apply(next));
        } catch (RuntimeException e) {
            TokenForgetful why = new TokenForgetful(e);
            failed(why);
            batch.forEach(caller -> caller.completeExceptionally(why));
            return false;
        }
        switch (answer) {
            case REMEMBERED -> {
                succeeded(began);
                batch.forEach(caller -> caller.complete(true));
            }
            case AGAIN -> putBack(batch);
            case TAKEN -> taken(batch);
        }
        return answer == WriteAnswer.AGAIN;
    }

    private synchronized void putBack(List<CompletableFuture<Boolean>> batch) {
        batch.addAll(waiting);
        waiting = batch;
    }

    private void taken(List<CompletableFuture<Boolean>> batch) {
        var taken = new WritingStopped(
                StopReason.ANOTHER_APPLIANCE,
                "another appliance has taken the token's keys. Find out which one is to sign, and stop the other");
        stop.accept(taken);
        batch.forEach(caller -> caller.completeExceptionally(taken));
    }

    private synchronized void succeeded(long began) {
        writtenAt = began;
        renewAt = began + lease.nanos() / RENEWALS_PER_LEASE;
        lease.renewed(began);
        if (newest.isCompletedExceptionally()) {
            newest = CompletableFuture.completedFuture(true);
        }
        if (failure != null) {
            LOG.log(System.Logger.Level.INFO, "the token remembers again what is signed");
            failure = null;
        }
    }

    private synchronized void failed(TokenForgetful why) {
        if (failure == null) {
            LOG.log(System.Logger.Level.ERROR, why.getMessage());
        }
        failure = why;
        renewAt = clock.getAsLong() + RETRY_NANOS;
    }

    /** What was written last is in the token, and the keys are free. After another appliance took them, nothing more is written. */
    private void end() {
        boolean isOurs;
        synchronized (this) {
            isOurs = !stopped.equals(Optional.of(StopReason.ANOTHER_APPLIANCE));
        }
        while (isOurs && write(State.RELEASED)) {
            // Until those that are left remember it.
        }
        synchronized (this) {
            closing = true;
            waiting.forEach(caller -> caller.completeExceptionally(new Lease.Lapsed()));
            waiting.clear();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
