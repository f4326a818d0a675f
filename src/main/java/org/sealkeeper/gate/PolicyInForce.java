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

/**
 * The policy that decides now. A changed file takes its place as a whole, once it stands still; a bad one changes nothing, and is
 * complained about. Each version that was ever in force is kept, so that every past decision can be made again.
 */
public final class PolicyInForce {
    private static final System.Logger LOG = System.getLogger(PolicyInForce.class.getName());
    private static final String RULE = "appliance";

    private final InForce<Policy> file;
    private final Store store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final InForce.Recorder<Policy> recorder = new InForce.Recorder<>() {
        @Override
        public void taken(Policy changed) {
            keep(changed);
            LOG.log(System.Logger.Level.INFO, "the policy {0} is in force", changed.digest());
        }

        @Override
        public void rejected(ConfigurationFault fault) {
            complain(fault);
        }
    };

    private PolicyInForce(InForce<Policy> file, Store store, AuditLog audit, InstantSource clock) {
        this.file = file;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Puts the file's policy in force.
     *
     * @param known the chains and keys it may name
     * @throws ConfigurationFault naming every line that is wrong
     */
    public static PolicyInForce load(Path file, KnownNames known, Store store, AuditLog audit, InstantSource clock) {
        InForce<Policy> policy = InForce.load(List.of(file), read -> Policy.load(read.getFirst(), known));
        var inForce = new PolicyInForce(policy, store, audit, clock);
        if (audit.whyClosed().isEmpty()) {
            inForce.keep(inForce.current());
        }
        return inForce;
    }

    /** The one that decides now. Ask once for each decision: the next call may give another. */
    public Policy current() {
        return file.current();
    }

    /** Why the file as it is now is not in force; empty where it is. */
    public Optional<ConfigurationFault> rejected() {
        return file.rejected();
    }

    /** Takes the policy of a file that changed, if the look before this one found the same. If the store fails, the next look tries again. */
    public void look() {
        file.look(recorder);
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

    private void complain(ConfigurationFault fault) {
        Leaf leaf = leaf().refused(Decision.allowed(RULE), new Reason("invalid-policy"));
        long _ = store.commit(rows -> audit.append(rows, leaf));
        LOG.log(System.Logger.Level.ERROR, "the changed policy is not in force: {0}", fault.getMessage());
    }

    private Leaf leaf() {
        return Leaf.done(clock.instant(), Operation.LOAD_POLICY, new Actor.Appliance(), new Subject.Whole(), RULE);
    }
}
