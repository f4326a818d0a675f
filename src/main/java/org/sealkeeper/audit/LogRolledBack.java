package org.sealkeeper.audit;

import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/**
 * The store is older than what the log once signed: it was restored from a backup, or replaced. What it forgot may be blocks
 * that were signed, so nothing is signed until an operator has settled it.
 */
public final class LogRolledBack extends Fault {
    private static final long serialVersionUID = 1L;

    LogRolledBack(String what) {
        super(
                FaultKind.STORE_UNAVAILABLE,
                "the store is older than the audit log's last checkpoint: " + what
                        + ". Nothing will be signed. Stop the appliance, bring the newest store back, or, where it is lost, "
                        + "run 'sealkeeper audit accept-rollback --help'",
                null);
    }
}
