package org.sealkeeper.rollback;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.store.CommitGuard;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;

/**
 * Guards every transaction of the store against a store that was brought back, replaced or copied: no caller is
 * answered about a commit before the token remembers it.
 */
final class RollbackGuard implements CommitGuard, AutoCloseable {
    private final ProcessMemory memory;
    private final MemoryWriter writer;
    private final Lease lease;
    private final MemoryReturn returning;
    private final Optional<StopReason> stoppedBefore;

    RollbackGuard(
            ProcessMemory memory,
            MemoryWriter writer,
            Lease lease,
            MemoryReturn returning,
            Optional<StopReason> stoppedBefore) {
        this.memory = memory;
        this.writer = writer;
        this.lease = lease;
        this.returning = returning;
        this.stoppedBefore = stoppedBefore;
    }

    /** Looks at every transaction of the store from now on. */
    RollbackGuard watch(Store store) {
        store.guard(this);
        store.whenStopped(stopped -> writer.stop(stopped.reason()));
        writer.start();
        return this;
    }

    void requireLease() {
        lease.requireHeld();
    }

    /** Has tokens that were away remember, too. */
    void lookForReturned() {
        returning.look();
    }

    Optional<StopReason> stoppedBefore() {
        return stoppedBefore;
    }

    Optional<TokenForgetful> failure() {
        return writer.failure();
    }

    @Override
    public void before(Rows rows) throws SQLException {
        memory.requireSame(rows);
    }

    @Override
    public void after(Rows rows) throws SQLException {
        memory.look(rows);
    }

    @Override
    public CompletionStage<?> committed() {
        return memory.keep() ? writer.remember(memory.now()) : writer.settled();
    }

    @Override
    public void failed() {
        memory.doubt();
    }

    /** Writes the last of it to the token, and gives up its keys. */
    @Override
    public void close() {
        writer.close();
    }
}
