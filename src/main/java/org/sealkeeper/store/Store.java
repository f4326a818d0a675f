package org.sealkeeper.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.kernel.Completion;

/** The appliance's one durable memory: an SQLite file, or a database of a PostgreSQL server. The contract is the same. */
public interface Store extends AutoCloseable {

    /**
     * Makes a new, empty store.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if something already lies there: a store is never emptied
     * @throws org.sealkeeper.config.FileFault if the disk is full, or fails
     * @throws StoreFault if the database fails
     */
    static void create(StoreLocation location) {
        switch (location) {
            case StoreLocation.Embedded(Path file) -> SqliteStore.create(file);
            case StoreLocation.Server server -> PostgresStore.create(server);
        }
    }

    /**
     * Makes this appliance one more of those that share a database.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if there is no store, or the appliance is one of them already
     * @throws StoreFault if the database fails
     */
    static void join(StoreLocation.Server location) {
        PostgresStore.join(location);
    }

    /**
     * Opens an existing store and brings its tables up to date.
     *
     * <p>A missing one is never taken for a new ledger: the appliance would forget every block it signed.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if it is missing, or not a store of this or an earlier version
     * @throws StoreFault if it cannot be opened now: the disk is full or read-only, another process locks it, the server is away
     */
    static Store open(StoreLocation location) {
        return switch (location) {
            case StoreLocation.Embedded(Path file) -> SqliteStore.open(file);
            case StoreLocation.Server server -> PostgresStore.open(server);
        };
    }

    /**
     * Opens an embedded store as {@link #open} does, also where it was {@link Moved}. For the command that moves it alone, which must hold
     * its lock.
     */
    static Store openToMove(StoreLocation.Embedded location) {
        return SqliteStore.openToMove(location.file());
    }

    /**
     * Opens a database that a store is moved into, as {@link #open} does, also during its {@link Filling}; and makes the tables where there
     * are none. For the command that moves it alone.
     */
    static Store openToFill(StoreLocation.Server location) {
        return PostgresStore.openToFill(location);
    }

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

    /**
     * Names where this store is used, on this machine, until the machine is started again. A copy of an SQLite file is in another place.
     *
     * @return empty where the operating system does not name it
     */
    Optional<String> place();

    @Override
    void close();
}
