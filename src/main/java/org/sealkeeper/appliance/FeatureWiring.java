package org.sealkeeper.appliance;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Cosignatures;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.envelope.DataKeyDesk;
import org.sealkeeper.envelope.DataKeyMetrics;
import org.sealkeeper.envelope.IncompleteDataKeys;
import org.sealkeeper.envelope.emergency.EmergencyAccess;
import org.sealkeeper.envelope.emergency.EmergencyAlarm;
import org.sealkeeper.envelope.emergency.EmergencyReviews;
import org.sealkeeper.envelope.emergency.LoggedAlarm;
import org.sealkeeper.fhir.FhirRelease;
import org.sealkeeper.fhir.feed.FhirFeed;
import org.sealkeeper.fhir.feed.RemoteFhirServer;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyChanges;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.keys.PublishedKeys;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.door.ChainReader;
import org.sealkeeper.ledger.door.ProofOfRecord;
import org.sealkeeper.ledger.signing.BlockSigner;
import org.sealkeeper.ledger.signing.ClaimFinisher;
import org.sealkeeper.ledger.signing.SigningMetrics;
import org.sealkeeper.ledger.verification.BlockVerifier;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.rollback.RollCall;
import org.sealkeeper.rollback.StartConfirmation;
import org.sealkeeper.store.Store;
import org.sealkeeper.transparency.AuditorsDoor;
import org.sealkeeper.transparency.RemoteWitness;
import org.sealkeeper.transparency.Witness;
import org.sealkeeper.transparency.WitnessFeed;
import org.sealkeeper.verify.TrustedKeys;

/** Builds the features, each once, over the rooms of {@link Wiring}. */
@Singleton
final class FeatureWiring {
    private static final Duration FHIR_PATIENCE = Duration.ofSeconds(10);

    @Produces
    @Singleton
    ProofOfRecord proofs(AuditLog audit) {
        return new ProofOfRecord(audit);
    }

    @Produces
    @Singleton
    EmergencyAccess emergencies(
            Alarms alarms,
            Store store,
            AuditLog audit,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry registry) {
        List<EmergencyAlarm> all = List.of(new LoggedAlarm(registry), alarms::emergency);
        return new EmergencyAccess(store, audit, clock, random, all);
    }

    @Produces
    @Singleton
    EmergencyReviews emergencyReviews(Store store, AuditLog audit, InstantSource clock, RandomGenerator random) {
        return new EmergencyReviews(store, audit, clock, random);
    }

    @Produces
    @Singleton
    DataKeyDesk dataKeys(
            Decisions decisions,
            Gate gate,
            KeyEncryptionKeys keys,
            AuditLog audit,
            EmergencyAccess emergencies,
            InstantSource clock,
            MeterRegistry registry) {
        return new DataKeyDesk(
                decisions,
                gate,
                keys,
                audit,
                emergencies,
                clock,
                new DataKeyMetrics(registry),
                new IncompleteDataKeys(registry));
    }

    @Produces
    @Singleton
    Doorkeeper doorkeeper(Decisions decisions) {
        return new Doorkeeper(decisions);
    }

    @Produces
    @Singleton
    AuditorsDoor auditors(Doorkeeper doorkeeper, AuditLog audit) {
        return new AuditorsDoor(doorkeeper, audit);
    }

    @Produces
    @Singleton
    Cosignatures cosignatures(Store store, AuditLog audit, AuditFile settings) {
        var witnesses =
                settings.witnesses().stream().map(AuditFile.Witness::key).toList();
        return new Cosignatures(store, audit, witnesses);
    }

    @Produces
    @Singleton
    Witness witness(Store store, AuditLog audit, KeyRing keys, AuditFile settings, InstantSource clock) {
        var name = new Origin(settings.origin() + "/witness");
        return new Witness(store, audit, LogKeys.cosigners(keys, name), settings.peers(), clock);
    }

    /** Started and closed by {@link StartUp}. */
    @Produces
    @Singleton
    WitnessFeed witnessFeed(
            ApplianceFile appliance,
            AuditFile settings,
            AuditLog audit,
            Cosignatures cosignatures,
            StartConfirmation confirmation,
            LongSupplier nanoTime,
            BackgroundLoops loops) {
        HttpClient client = OutgoingTls.client(appliance.tls().clientAuthorities());
        var witnesses = settings.witnesses().stream()
                .map(witness -> new RemoteWitness(witness, client, nanoTime))
                .toList();
        return new WitnessFeed(audit, cosignatures, witnesses, confirmation, loops);
    }

    /** Started and closed by {@link StartUp}. */
    @Produces
    @Singleton
    Optional<FhirFeed> fhirFeed(
            ApplianceFile appliance, AuditLog audit, Store store, BackgroundLoops loops, MeterRegistry registry) {
        return appliance.fhir().map(settings -> {
            var server = new RemoteFhirServer(settings, OutgoingTls.client(settings.authorities()), FHIR_PATIENCE);
            server.requireToken();
            var feed = new FhirFeed(audit, store, server, FhirRelease.valueOf(settings.release()), loops);
            FhirHealth.measure(feed, registry);
            return feed;
        });
    }

    @Produces
    @Singleton
    Chains chains(ApplianceFile settings, KeyRing keys, Store store) {
        return Chains.load(settings.chains(), keys, store);
    }

    @Produces
    @Singleton
    BlockSigner signer(
            Chains chains,
            KeyRing keys,
            Decisions decisions,
            Gate gate,
            AuditLog audit,
            StartConfirmation confirmation,
            InstantSource clock,
            MeterRegistry registry) {
        return new BlockSigner(chains, keys, decisions, gate, audit, confirmation, clock, new SigningMetrics(registry));
    }

    @Produces
    @Singleton
    ClaimFinisher claims(Chains chains, BlockSigner signer, Store store) {
        return new ClaimFinisher(chains, signer, store);
    }

    @Produces
    @Singleton
    ChainReader reader(Store store) {
        return new ChainReader(store);
    }

    @Produces
    @Singleton
    PublishedKeys publishedKeys(Store store, KeyRing keys, Optional<RollCall> rollCall) {
        return new PublishedKeys(store, keys, rollCall.isPresent());
    }

    /** Begun by {@link StartUp}. */
    @Produces
    @Singleton
    KeyChanges keyChanges(Store store, Tokens tokens, KeyRing keys, PublishedKeys published) {
        return new KeyChanges(KeyCatalogue.open(store, tokens.labels()), keys, published);
    }

    @Produces
    @Singleton
    BlockVerifier verifier(PublishedKeys keys) {
        return new BlockVerifier(new TrustedKeys(id -> keys.key(id).map(CataloguedKey::verificationKey)));
    }
}
