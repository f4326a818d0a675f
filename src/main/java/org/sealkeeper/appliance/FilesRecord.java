package org.sealkeeper.appliance;

import java.time.InstantSource;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.InForce;
import org.sealkeeper.kernel.Completion;

/** Tells the log and the audit log what becomes of changed files; the audit log first. */
final class FilesRecord implements InForce.Recorder<Object> {
    private static final System.Logger LOG = System.getLogger(FilesRecord.class.getName());
    private static final String RULE = "appliance";

    private final String what;
    private final Operation operation;
    private final Reason reason;
    private final AuditLog audit;
    private final InstantSource clock;

    FilesRecord(String what, Operation operation, String reason, AuditLog audit, InstantSource clock) {
        this.what = what;
        this.operation = operation;
        this.reason = new Reason(reason);
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void taken(Object changed, String digest) {
        append(leaf());
        LOG.log(System.Logger.Level.INFO, "the changed files are in force: {0}, SHA-256 {1}", what, digest);
    }

    @Override
    public void rejected(ConfigurationFault fault) {
        append(leaf().refused(Decision.allowed(RULE), reason));
        LOG.log(System.Logger.Level.ERROR, "the changed files are not in force: {0}: {1}", what, fault.getMessage());
    }

    /** A log that was rolled back takes no leaves; the callers it trusts may change all the same. */
    private void append(Leaf leaf) {
        if (audit.whyClosed().isPresent()) {
            return;
        }
        long _ = Completion.await(audit.append(leaf));
    }

    private Leaf leaf() {
        return Leaf.done(clock.instant(), operation, new Actor.Appliance(), new Subject.Whole(), RULE);
    }
}
