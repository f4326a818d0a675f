package org.sealkeeper.store;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.sealkeeper.kernel.Completion;

/** The appliance's one durable memory. SQLite for one appliance; the same contract serves a shared server. */
public interface Store extends AutoCloseable {

    /**
     * Runs the work in a transaction and commits it durably, together with other work that waits.
     *
     * <p>Works run one after the other, in the order of the calls. The stage completes only after the commit is on stable
     * storage. Work must be repeatable: where a neighbour in the group fails, it is rolled back and run again alone.
     *
     * @return the work's result once durable, or a failure with {@link StoreFault} (nothing was recorded, or it is unknown
     *     whether it was), {@link WritingStopped}, {@link org.sealkeeper.kernel.Overload} (nothing was begun), or whatever the
     *     guard answers
     */
    <T> CompletionStage<T> write(Work<T> work);

    /**
     * As {@link #write}, but waits. Not for threads that sign or serve requests.
     *
     * @throws StoreFault or another fault the stage would fail with
     */
    default <T> T commit(Work<T> work) {
        return Completion.await(write(work));
    }

    /**
     * Runs a query on the calling thread against what has been committed.
     *
     * @throws StoreFault if the store cannot be read
     */
    <T> T read(Work<T> query);

    /** Passes every transaction from now on to this guard. To be called once, before anything is signed. */
    void guard(CommitGuard guard);

    /** Ends all writing, for as long as this store is open; the first reason counts. Reading goes on. */
    void stopWriting(WritingStopped why);

    /** Why nothing is written any more; empty while writing goes on. */
    Optional<WritingStopped> whyStopped();

    /** Calls the listener at the end of all writing. Listeners must be short, and must not write. */
    void whenStopped(Consumer<WritingStopped> listener);

    @Override
    void close();
}
