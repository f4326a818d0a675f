package org.sealkeeper.store;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The appliance's one durable memory. SQLite for one appliance; the same contract serves a shared server. */
public interface Store extends AutoCloseable {

    /**
     * Runs the work in a transaction and commits it durably, together with the work of whoever else waits.
     *
     * <p>Works run one after the other, in the order of the calls. The stage completes only after the commit is on stable
     * storage. Work must be repeatable: where a neighbour in the group fails, it is rolled back and run again alone.
     *
     * @return the work's result once durable, or a failure with {@link StoreFault} (nothing was recorded, or it is unknown
     *     whether it was) or {@link org.sealkeeper.kernel.Overload} (nothing was begun)
     */
    <T> CompletionStage<T> write(Work<T> work);

    /**
     * As {@link #write}, but waits. Not for threads that sign or serve requests.
     *
     * @throws StoreFault or another fault the stage would fail with
     */
    default <T> T commit(Work<T> work) {
        try {
            return write(work).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : e;
        }
    }

    /**
     * Runs a query on the calling thread against what has been committed.
     *
     * @throws StoreFault if the store cannot be read
     */
    <T> T read(Work<T> query);

    @Override
    void close();
}
