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
    private final Optional<RollCall> rollCall;

    RollbackGuard(
            ProcessMemory memory,
            MemoryWriter writer,
            Lease lease,
            MemoryReturn returning,
            Optional<StopReason> stoppedBefore,
            Optional<RollCall> rollCall) {
        this.memory = memory;
        this.writer = writer;
        this.lease = lease;
        this.returning = returning;
        this.stoppedBefore = stoppedBefore;
        this.rollCall = rollCall;
    }

    /** Looks at every transaction of the store from now on. */
    RollbackGuard watch(Store store) {
        store.guard(this);
        store.whenStopped(stopped -> writer.stop(stopped.reason()));
        writer.start();
        return this;
    }

    /** That the keys are this appliance's, and every appliance of the database found in it what it remembers. */
    void requireMaySign() {
        lease.requireHeld();
        rollCall.ifPresent(RollCall::requireComplete);
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
        if (rollCall.isPresent()) {
            rollCall.get().look(rows);
        }
    }

    @Override
    public void after(Rows rows) throws SQLException {
        memory.look(rows);
    }

    @Override
    public CompletionStage<?> committed() {
        rollCall.ifPresent(RollCall::keep);
        return memory.keep() ? writer.remember(memory.now()) : writer.settled();
    }

    @Override
    public void failed() {
        rollCall.ifPresent(RollCall::doubt);
        memory.doubt();
    }

    /** Writes the last of it to the token, and gives up its keys. */
    @Override
    public void close() {
        writer.close();
        returning.copies().close();
    }
}
