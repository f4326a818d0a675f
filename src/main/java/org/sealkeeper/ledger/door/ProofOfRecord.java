package org.sealkeeper.ledger.door;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.ledger.SignedBlock;

/** Adds to a signed block the proof that its leaf is in the audit log, for callers that wait for it. */
public final class ProofOfRecord {
    private final AuditLog audit;

    public ProofOfRecord(AuditLog audit) {
        this.audit = audit;
    }

    /** Completes with the proven block; or, when the time to wait is over, or this log has no leaf of it, with the block as it is. */
    CompletionStage<SignedBlock> prove(SignedBlock block, Optional<Duration> patience) {
        if (patience.isEmpty()
                || block.auditIndex().isEmpty()
                || block.auditLog().isPresent()) {
            return completedStage(block);
        }
        long leaf = block.auditIndex().get();
        return audit.covering(leaf)
                .thenApplyAsync(log -> log.proof(leaf)
                        .map(proof -> block.proven(proof.toString()))
                        .orElse(block))
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(block, patience.get().toMillis(), TimeUnit.MILLISECONDS);
    }
}
