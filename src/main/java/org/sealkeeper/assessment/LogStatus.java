package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.audit.RollbackProtection;

/**
 * How far the checkpoints of the audit log are, and what watches over it. A checkpoint has no time of its own, so its age is that of the
 * first leaf that it lacks.
 *
 * @param size how many leaves there are
 * @param checkpointed how many of them the newest checkpoint has; 0 before the first
 * @param lacksSince when the first leaf that it lacks was written; empty where it has all
 * @param witnesses that are asked to cosign
 * @param cosigned how many leaves the newest checkpoint has that a witness cosigned; 0 where there is none
 * @param notCosignedSince when the first leaf that this one lacks was written; empty where it has all
 */
public record LogStatus(
        long size,
        long checkpointed,
        Optional<Instant> lacksSince,
        int witnesses,
        long cosigned,
        Optional<Instant> notCosignedSince,
        RollbackProtection protection) {

    public static LogStatus of(LogHistory log, AuditFile file) {
        long size = log.size();
        long checkpointed = log.checkpointed();
        long cosigned = log.cosignedSize();
        return new LogStatus(
                size,
                checkpointed,
                time(log, checkpointed),
                file.witnesses().size(),
                cosigned,
                time(log, cosigned),
                file.protection());
    }

    private static Optional<Instant> time(LogHistory log, long index) {
        return log.entry(index).map(entry -> LeafSummary.of(index, entry).time());
    }
}
