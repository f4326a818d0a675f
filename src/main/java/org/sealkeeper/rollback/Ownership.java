package org.sealkeeper.rollback;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sealkeeper.audit.RollbackProtection;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;

/** Whether the token's keys are this appliance's now, and the token remembers what it signs. Safe for use by many threads. */
public final class Ownership implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Store store;
    private final RollbackProtection protection;
    private final Optional<RollbackGuard> guard;
    private final List<BackgroundLoop> returns = new CopyOnWriteArrayList<>();

    /** @param guard empty where the store's writing was stopped before it began */
    Ownership(Store store, RollbackProtection protection, Optional<RollbackGuard> guard) {
        this.store = store;
        this.protection = protection;
        this.guard = guard;
    }

    /**
     * A check before a height is claimed, and again at the last moment before the token signs.
     *
     * @throws org.sealkeeper.kernel.Fault if the keys are not this appliance's at this moment, or another appliance of the database is
     *     awaited
     */
    public void requireMaySign() {
        store.whyStopped().ifPresent(stopped -> {
            throw stopped;
        });
        guard.ifPresent(RollbackGuard::requireMaySign);
    }

    /** Has tokens that are away remember, once they are there; for an appliance with several. Once. */
    public void awaitReturns(BackgroundLoops loops) {
        guard.ifPresent(held -> {
            BackgroundLoop loop = loops.loop(
                    "token-memory-return", LOOK, held::lookForReturned, "returned tokens were not looked for");
            returns.add(loop);
            loop.start();
        });
    }

    /** Why nothing is signed; empty while the token remembers what is. */
    public Optional<? extends RuntimeException> failure() {
        Optional<? extends RuntimeException> stopped = store.whyStopped();
        return stopped.isPresent() ? stopped : guard.flatMap(RollbackGuard::failure);
    }

    /** Why the appliance stopped writing when it ran before; empty where it did not. */
    public Optional<StopReason> stoppedBefore() {
        return guard.flatMap(RollbackGuard::stoppedBefore);
    }

    /** How soon the token remembers. */
    public RollbackProtection protection() {
        return protection;
    }

    /** Writes the last of it to the token, and gives up its keys. */
    @Override
    public void close() {
        returns.forEach(BackgroundLoop::close);
        guard.ifPresent(RollbackGuard::close);
    }
}
