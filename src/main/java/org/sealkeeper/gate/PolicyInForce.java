package org.sealkeeper.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.store.Store;

/**
 * The policy that decides now. A changed file takes its place as a whole; a bad one changes nothing, and is complained about. Each
 * version that was ever in force is kept, so that every past decision can be made again.
 */
public final class PolicyInForce {
    private static final System.Logger LOG = System.getLogger(PolicyInForce.class.getName());
    private static final String RULE = "appliance";

    private final Path file;
    private final KnownNames known;
    private final Store store;
    private final AuditLog audit;
    private final InstantSource clock;
    private volatile Policy current;
    private volatile @Nullable ConfigurationFault rejected;
    /** The file's bytes when it was looked at last: times of files are too coarse to tell every change. */
    private byte[] looked;

    private PolicyInForce(Path file, KnownNames known, Store store, AuditLog audit, InstantSource clock, Policy first) {
        this.file = file;
        this.known = known;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.current = first;
        this.looked = content(file);
    }

    /**
     * Puts the file's policy in force.
     *
     * @param known the chains and keys it may name
     * @throws ConfigurationFault naming every line that is wrong
     */
    public static PolicyInForce load(Path file, KnownNames known, Store store, AuditLog audit, InstantSource clock) {
        var inForce = new PolicyInForce(file, known, store, audit, clock, Policy.load(file, known));
        if (audit.whyClosed().isEmpty()) {
            inForce.keep(inForce.current);
        }
        return inForce;
    }

    /** The one that decides now. Ask once for each decision: the next call may give another. */
    public Policy current() {
        return current;
    }

    /** Why the file as it is now is not in force; empty where it is. */
    public Optional<ConfigurationFault> rejected() {
        return Optional.ofNullable(rejected);
    }

    /** Takes the file's policy if the file changed since it was looked at. For one thread at a time. */
    public synchronized void reloadIfChanged() {
        byte[] now = content(file);
        if (!Arrays.equals(now, looked)) {
            reload();
            looked = now; // not before: if the store failed, it is tried again
        }
    }

    private void reload() {
        try {
            Policy changed = Policy.load(file, known);
            if (!changed.digest().equals(current.digest())) {
                keep(changed);
                current = changed;
                LOG.log(System.Logger.Level.INFO, "the policy {0} is in force", changed.digest());
            }
            rejected = null;
        } catch (ConfigurationFault fault) {
            rejected = fault;
            LOG.log(System.Logger.Level.ERROR, "the changed policy is not in force: {0}", fault.getMessage());
            Leaf leaf = leaf().refused(Decision.allowed(RULE), new Reason("invalid-policy"));
            long _ = store.commit(rows -> audit.append(rows, leaf));
        }
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

    /** What lies there now; a file that cannot be read differs from every other. */
    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
