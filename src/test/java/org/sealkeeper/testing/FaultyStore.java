package org.sealkeeper.testing;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.sealkeeper.store.CommitGuard;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.store.Work;
import org.sealkeeper.store.WritingStopped;

/** A real store whose next writes can be made to fail, either lost or kept after all. */
public final class FaultyStore implements Store {
    /** How a write fails. */
    public enum Fault {
        NONE,
        /** Nothing is written. */
        LOST,
        /** It is written, but nobody learns of it: what a crash right after the commit looks like. */
        KEPT
    }

    private final Store real;
    private int healthyWrites;
    private int failingWrites;
    private Fault then = Fault.NONE;
    private volatile boolean unreadable;
    private final AtomicInteger failedReads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    public FaultyStore(Store real) {
        this.real = real;
    }

    /** Lets some writes through, then fails all others. */
    public void failAfter(int writes, Fault fault) {
        healthyWrites = writes;
        failingWrites = Integer.MAX_VALUE;
        then = fault;
    }

    /** Fails the next write, and none after it. */
    public void failOnce(Fault fault) {
        healthyWrites = 0;
        failingWrites = 1;
        then = fault;
    }

    /** Fails all reads from now on. */
    public void failReads() {
        unreadable = true;
    }

    /** How many writes were asked for. */
    public int writes() {
        return writes.get();
    }

    /** How many reads were made to fail. */
    public int failedReads() {
        return failedReads.get();
    }

    public void heal() {
        then = Fault.NONE;
        unreadable = false;
    }

    @Override
    public <T> CompletionStage<T> write(Work<T> work) {
        writes.incrementAndGet();
        if (then == Fault.NONE || healthyWrites-- > 0 || failingWrites-- <= 0) {
            return real.write(work);
        }
        var failed = CompletableFuture.<T>failedFuture(new StoreFault("made to fail", null));
        return then == Fault.LOST ? failed : real.write(work).thenCompose(kept -> failed);
    }

    @Override
    public <T> T read(Work<T> query) {
        if (unreadable) {
            failedReads.incrementAndGet();
            throw new StoreFault("made to fail", null);
        }
        return real.read(query);
    }

    @Override
    public void guard(CommitGuard guard) {
        real.guard(guard);
    }

    @Override
    public void stopWriting(WritingStopped why) {
        real.stopWriting(why);
    }

    @Override
    public Optional<WritingStopped> whyStopped() {
        return real.whyStopped();
    }

    @Override
    public void whenStopped(Consumer<WritingStopped> listener) {
        real.whenStopped(listener);
    }

    @Override
    public Optional<String> place() {
        return real.place();
    }

    @Override
    public void close() {
        real.close();
    }
}
