package org.sealkeeper.transparency;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.ConsistencyProof;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Rows;

/** Compares a checkpoint with the last one seen of its log, and keeps and records what extends it. */
record CheckpointComparison(AuditLog log, InstantSource clock) {
    private static final String RULE = "audit/peers";

    /**
     * What a transaction found.
     *
     * @param refusal empty where the checkpoint is kept, and may be cosigned
     * @param counted an event to count once the transaction is durable; not in the transaction, which may run twice
     */
    record Found(Optional<CosigningOutcome> refusal, Optional<Leaf> counted) {}

    /**
     * Comparing and keeping are one transaction: of two requests at once, the second is compared with the first.
     *
     * <p>Any caller that has seen a checkpoint can bring it again and again: what takes no key of the log's to ask for is counted.
     */
    Found compareAndKeep(Rows rows, AddCheckpoint request, Checkpoint checkpoint, Note note, RequestId id)
            throws SQLException {
        var table = new WitnessedLogs(rows);
        Optional<Checkpoint> seen = table.latest(checkpoint.origin());
        Optional<CosigningOutcome> refusal = whyNot(seen, request, checkpoint);
        Leaf leaf = Leaf.done(
                        clock.instant(),
                        Operation.COSIGN_CHECKPOINT,
                        new Actor.Anonymous(),
                        new Subject.Log(checkpoint),
                        RULE)
                .in(id);
        return switch (refusal.orElse(null)) {
            case null -> {
                table.keep(checkpoint, note);
                boolean isNew = seen.isEmpty() || seen.get().size() < checkpoint.size();
                yield isNew ? recorded(rows, leaf, refusal) : new Found(refusal, Optional.of(leaf));
            }
            case CosigningOutcome.OtherRoot _ -> recorded(rows, refused(leaf, "conflicting-checkpoint"), refusal);
            case CosigningOutcome.NotProven _ ->
                new Found(refusal, Optional.of(refused(leaf, "inconsistent-checkpoint")));
            default -> new Found(refusal, Optional.empty());
        };
    }

    private Found recorded(Rows rows, Leaf leaf, Optional<CosigningOutcome> refusal) throws SQLException {
        log.append(rows, leaf);
        return new Found(refusal, Optional.empty());
    }

    private static Leaf refused(Leaf leaf, String reason) {
        return leaf.refused(Decision.allowed(RULE), new Reason(reason));
    }

    /** The checks of C2SP tlog-witness, in their order. A log of which nothing was seen was empty. */
    private static Optional<CosigningOutcome> whyNot(
            Optional<Checkpoint> seen, AddCheckpoint request, Checkpoint checkpoint) {
        long lastSize = seen.map(Checkpoint::size).orElse(0L);
        TreeHash lastRoot = seen.map(Checkpoint::root).orElse(TreeHash.EMPTY_ROOT);
        if (request.oldSize() != lastSize) {
            return Optional.of(new CosigningOutcome.SawOtherSize(lastSize));
        }
        if (checkpoint.size() == 0 && !checkpoint.root().equals(TreeHash.EMPTY_ROOT)) {
            return Optional.of(new CosigningOutcome.NotProven());
        }
        if (checkpoint.size() == lastSize && !checkpoint.root().equals(lastRoot)) {
            return Optional.of(new CosigningOutcome.OtherRoot());
        }
        boolean isProven = lastSize == 0
                ? request.proof().isEmpty()
                : new ConsistencyProof(lastSize, checkpoint.size(), request.proof())
                        .proves(lastRoot, checkpoint.root());
        return isProven ? Optional.empty() : Optional.of(new CosigningOutcome.NotProven());
    }
}
