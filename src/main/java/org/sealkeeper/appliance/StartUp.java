package org.sealkeeper.appliance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.InForce;
import org.sealkeeper.fhir.feed.FhirFeed;
import org.sealkeeper.issuers.TrustedIssuers;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.TokenEnforcement;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.signing.BlockSigner;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.rollback.Ownership;
import org.sealkeeper.transparency.WitnessFeed;

/** Checks everything before a socket is open, says so once, and records start and stop. */
@Singleton
final class StartUp {
    /** Before anything else that starts with the appliance: what is wrong is found in the same order each time, the files first. */
    private static final int FIRST = 1;

    private static final System.Logger LOG = System.getLogger(StartUp.class.getName());

    private final AuditLog audit;
    private final Ownership ownership;
    private final Alarms alarms;
    private final BlockSigner signer;
    private final SharedDatabase database;
    private final KeyFollowing keyChanges;
    private final WitnessFeed witnesses;
    private final Optional<FhirFeed> fhir;
    private final TokenCare token;
    private final InstantSource clock;

    StartUp(
            AuditLog audit,
            Ownership ownership,
            Alarms alarms,
            BlockSigner signer,
            SharedDatabase database,
            KeyFollowing keyChanges,
            WitnessFeed witnesses,
            Optional<FhirFeed> fhir,
            TokenCare token,
            InstantSource clock) {
        this.audit = audit;
        this.ownership = ownership;
        this.alarms = alarms;
        this.signer = signer;
        this.database = database;
        this.keyChanges = keyChanges;
        this.witnesses = witnesses;
        this.fhir = fhir;
        this.token = token;
        this.clock = clock;
    }

    /** To be handed all these means that token, keys, store, policy, issuers and declarations are as they should be. */
    void report(
            @Observes @Priority(FIRST) StartupEvent started,
            KeyRing keys,
            TokenEnforcement enforcement,
            Chains chains,
            InForce<Policy> policy,
            InForce<TrustedIssuers> issuers) {
        enforcement.require();
        LOG.log(
                System.Logger.Level.INFO,
                "every key is in the token as declared: {0} keys, {1} chains, {2} issuers of bearer tokens, policy {3}",
                Integer.toString(keys.keys().size()),
                Integer.toString(chains.count()),
                Integer.toString(issuers.current().count()),
                policy.current().digest());
        alarms.watch();
        token.begin();
        if (audit.whyClosed().isEmpty()) {
            recordStart();
        }
    }

    private void recordStart() {
        ownership
                .stoppedBefore()
                .ifPresent(reason -> Completion.await(audit.append(leaf(Operation.STOP_SIGNING)
                        .refused(Decision.denied("rollback-protection"), new Reason(reason.code())))));
        var _ = Completion.await(audit.append(leaf(Operation.START_APPLIANCE)));
        database.begin();
        keyChanges.begin();
        witnesses.start();
        fhir.ifPresent(FhirFeed::start);
    }

    /** The last leaf and its checkpoint, while the store and the token are still open. */
    void stop(@Observes ShutdownEvent stopping) {
        keyChanges.close();
        database.close();
        signer.close();
        witnesses.close();
        fhir.ifPresent(FhirFeed::close);
        if (audit.whyClosed().isEmpty()) {
            recordStop();
        }
        audit.close();
        ownership.close();
    }

    /** What cannot be written any more must not keep the appliance from stopping. */
    private void recordStop() {
        try {
            var _ = Completion.await(audit.appendCounts());
            var _ = Completion.await(audit.append(leaf(Operation.STOP_APPLIANCE)));
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.ERROR, "the stop is not recorded: {0}", fault.getMessage());
        }
    }

    private Leaf leaf(Operation operation) {
        return Leaf.ofAppliance(clock.instant(), operation, new Subject.Whole());
    }
}
