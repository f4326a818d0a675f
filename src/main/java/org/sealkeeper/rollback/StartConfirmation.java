package org.sealkeeper.rollback;

import java.util.Optional;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;

/**
 * Whether a witness has confirmed, since this appliance started, that it never saw more of the log than there is. Where store and token
 * were turned back together, neither shows it; a witness does. No block is claimed before. Nor is one while another appliance of the
 * database has not shown itself. Safe for use by many threads.
 */
public final class StartConfirmation {
    private final Store store;
    private final Optional<RollCall> rollCall;
    private volatile boolean isAwaited;

    /**
     * @param hasWitnesses whether there is a witness to confirm anything
     * @param rollCall of the appliances that share the database; empty where the store is a file
     */
    public StartConfirmation(Store store, boolean hasWitnesses, Optional<RollCall> rollCall) {
        this.store = store;
        this.rollCall = rollCall;
        this.isAwaited = hasWitnesses;
    }

    /** A witness cosigned a checkpoint of this log, and none of those that answered contradicted it. */
    public void given() {
        isAwaited = false;
    }

    /**
     * A witness saw another history of this log: then other blocks may have been signed than this store knows. Ends all writing, also
     * long after the start: a copy of store and token may be at work elsewhere.
     *
     * @param what the witness and what it saw
     */
    public void contradicted(String what) {
        store.stopWriting(
                new WritingStopped(
                        StopReason.WITNESS_CONTRADICTS,
                        what
                                + ". Find out whether a copy of this appliance runs elsewhere; else bring the newest store and token back, or see "
                                + "'sealkeeper audit accept-rollback --help'. A witness that is wrong is taken out of audit.yaml"));
    }

    /**
     * Why no block is claimed now; empty once a witness confirmed the start, and while all appliances of the database have shown themselves.
     * Also where the store says why.
     */
    public Optional<? extends Fault> awaited() {
        if (store.whyStopped().isPresent()) {
            return Optional.empty();
        }
        return isAwaited ? Optional.of(new AwaitingWitness()) : rollCall.flatMap(RollCall::awaited);
    }

    /**
     * The same, in the transaction that claims: the database may have been started anew since the request came.
     *
     * @throws Fault if no block is to be claimed now
     */
    public void requireGiven() {
        awaited().ifPresent(awaiting -> {
            throw awaiting;
        });
    }
}
