package org.sealkeeper.audit;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/**
 * Goes on with a store that lost what its log had signed. The leaves that are left become the beginning of a log with a new
 * name: under the old one, they would contradict a checkpoint that was published.
 *
 * <p>May be interrupted at any moment and run again: until the token remembers the new log, nothing is signed.
 */
public final class RollbackAcceptance {
    private final Store store;
    private final Origin newOrigin;
    private final AuditKeys newKeys;
    private final Checkpoint forgotten;

    private RollbackAcceptance(Store store, Origin newOrigin, AuditKeys newKeys, Checkpoint forgotten) {
        this.store = store;
        this.newOrigin = newOrigin;
        this.newKeys = newKeys;
        this.forgotten = forgotten;
    }

    /**
     * Makes sure that the log gets a new name, before anything is changed.
     *
     * @param newOrigin the name of the log from now on
     * @param newKeys the audit keys under that name
     * @param forgotten what the token remembers, and the store does not have
     * @throws ConfigurationFault if the name is not new
     */
    public static RollbackAcceptance of(Store store, Origin newOrigin, AuditKeys newKeys, Checkpoint forgotten) {
        if (forgotten.origin().equals(newOrigin)) {
            throw new ConfigurationFault("the log " + newOrigin + " has signed " + forgotten.size()
                    + " leaves, and must not"
                    + " contradict itself. Give it a new name in audit.yaml, such as " + newOrigin + "/2, and tell your"
                    + " auditors");
        }
        return new RollbackAcceptance(store, newOrigin, newKeys, forgotten);
    }

    /** What the token remembers, and the store does not have. */
    public Checkpoint forgotten() {
        return forgotten;
    }

    /**
     * Renames the log and records why, in a transaction of the caller's.
     *
     * @param recovered what was brought back from elsewhere
     */
    public void record(Rows rows, List<Leaf> recovered, Instant now) throws SQLException {
        new AuditTable(rows).name(newOrigin);
        var leaves = new Leaves(rows);
        leaves.append(Leaf.ofCommand(now, Operation.ACCEPT_ROLLBACK, new Subject.Log(forgotten)));
        for (Leaf leaf : recovered) {
            leaves.append(leaf);
        }
    }

    /** A leaf about what was brought back. */
    public static Leaf recovered(Instant now, Subject subject) {
        return Leaf.ofCommand(now, Operation.ACCEPT_ROLLBACK, subject);
    }

    /** Signs and publishes the first checkpoint of the renamed log. */
    public Checkpoint publish() {
        var signer = new CheckpointSigner(newOrigin, newKeys);
        var publisher = new CheckpointPublisher(store, newOrigin, signer, Optional.empty());
        publisher.publish();
        return publisher.published().orElseThrow().checkpoint();
    }
}
