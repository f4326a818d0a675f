package org.sealkeeper.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
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
    private Optional<FileTime> looked;

    private PolicyInForce(Path file, KnownNames known, Store store, AuditLog audit, InstantSource clock, Policy first) {
        this.file = file;
        this.known = known;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.current = first;
        this.looked = modified(file);
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
        Optional<FileTime> now = modified(file);
        if (!now.equals(looked)) {
            looked = now;
            reload();
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
            append(leaf().refused(Decision.allowed(RULE), new Reason("invalid-policy")));
        }
    }

    /** Durable before it decides anything, together with the leaf that says from when on it does. */
    private void keep(Policy policy) {
        Leaf leaf = leaf().decidedBy(new Decision(true, RULE, Optional.of(policy.digest())));
        String now = clock.instant().toString();
        join(() -> store.write(rows -> {
                    rows.update("""
                            INSERT INTO policy_version (digest, text, first_loaded_at) VALUES (?, ?, ?)
                            ON CONFLICT DO NOTHING""", policy.digest(), policy.text(), now);
                    return audit.append(rows, leaf);
                })
                .toCompletableFuture()
                .join());
    }

    private void append(Leaf leaf) {
        join(() -> audit.append(leaf).toCompletableFuture().join());
    }

    private Leaf leaf() {
        return Leaf.done(clock.instant(), Operation.LOAD_POLICY, new Actor.Appliance(), new Subject.Whole(), RULE);
    }

    private interface Waiting {
        long run();
    }

    private static void join(Waiting work) {
        try {
            long _ = work.run();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : e;
        }
    }

    private static Optional<FileTime> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
