package org.sealkeeper.gate;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.InForce;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.store.Store;

/** Keeps each version of the policy that was ever in force, so that every past decision can be made again. */
public final class PolicyRecord implements InForce.Recorder<Policy> {
    private static final System.Logger LOG = System.getLogger(PolicyRecord.class.getName());
    private static final String RULE = "appliance";

    private final Store store;
    private final ApprovedPolicies approved;
    private final AuditLog audit;
    private final InstantSource clock;

    public PolicyRecord(Store store, AuditLog audit, InstantSource clock) {
        this.store = store;
        this.approved = new ApprovedPolicies(store);
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Puts the file's policy in force.
     *
     * @param known the chains and keys it may name
     * @throws ConfigurationFault naming every line that is wrong, or that officers did not approve it
     */
    public InForce<Policy> load(Path file, KnownNames known) {
        InForce<Policy> policy =
                InForce.load(List.of(file), read -> approved.require(file, Policy.load(read.getFirst(), known)));
        if (audit.whyClosed().isEmpty()) {
            keep(policy.current());
        }
        return policy;
    }

    @Override
    public void taken(Policy changed, String digest) {
        keep(changed);
        LOG.log(System.Logger.Level.INFO, "the policy {0} is in force", changed.digest());
    }

    @Override
    public void rejected(ConfigurationFault fault) {
        Leaf leaf = leaf().refused(Decision.allowed(RULE), new Reason("invalid-policy"));
        long _ = store.commit(rows -> audit.append(rows, leaf));
        LOG.log(System.Logger.Level.ERROR, "the changed policy is not in force: {0}", fault.getMessage());
    }

    /** Durable before it decides anything, together with the leaf that says from when on it does. */
    private void keep(Policy policy) {
        Leaf leaf = leaf().decidedBy(new Decision(true, RULE, Optional.of(policy.digest())));
        String now = clock.instant().toString();
        long _ = store.commit(rows -> {
            rows.update("""
                    INSERT INTO policy_version (digest, text, first_loaded_at) VALUES (?, ?, ?)
                    ON CONFLICT DO NOTHING""", policy.digest(), policy.text(), now);
            return audit.append(rows, leaf);
        });
    }

    private Leaf leaf() {
        return Leaf.done(clock.instant(), Operation.LOAD_POLICY, new Actor.Appliance(), new Subject.Whole(), RULE);
    }
}
