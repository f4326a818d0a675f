package org.sealkeeper.appliance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.InForce;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.PolicyRecord;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.http.access.AccessJournal;
import org.sealkeeper.http.identity.TokenVerifier;
import org.sealkeeper.http.listener.ListenerTls;
import org.sealkeeper.issuers.IssuersFile;
import org.sealkeeper.issuers.TrustedIssuers;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.DataKeys;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKeySelfTest;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.keys.TokenEnforcement;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.rollback.Ownership;
import org.sealkeeper.rollback.RollCall;
import org.sealkeeper.rollback.StartConfirmation;
import org.sealkeeper.rollback.TakingOver;
import org.sealkeeper.rollback.TokenMemories;
import org.sealkeeper.store.ServingLock;
import org.sealkeeper.store.Store;

/** Builds each room below the features once, from the floor up. Whatever is not as declared ends the start here, before a socket is open. */
@Singleton
final class Wiring {

    @Produces
    @Singleton
    ApplianceFile settings() {
        return ApplianceFile.read(Appliance.configFile());
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    /** The monotonic clock, in nanoseconds: for deadlines, paces and leases. */
    @Produces
    @Singleton
    LongSupplier nanoTime() {
        return System::nanoTime;
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }

    /** Whatever dies of them, {@link LoopReadiness} tells. */
    @Produces
    @Singleton
    BackgroundLoops loops() {
        return new BackgroundLoops();
    }

    /** Before the store is opened: of two appliances that start on one store, the second ends here. */
    @Produces
    @Singleton
    ServingLock servingLock(ApplianceFile settings) {
        return ServingLock.take(settings.store());
    }

    void close(@Disposes ServingLock lock) {
        lock.close();
    }

    @Produces
    @Singleton
    Store store(ApplianceFile settings, ServingLock lock) {
        return Store.open(settings.store());
    }

    void close(@Disposes Store store) {
        store.close();
    }

    @Produces
    @Singleton
    Tokens tokens(ApplianceFile settings, BackgroundLoops loops) {
        return Tokens.open(TokenSettings.of(settings), loops);
    }

    void close(@Disposes Tokens tokens) {
        tokens.close();
    }

    @Produces
    @Singleton
    KeyRing keys(Tokens tokens, Store store) {
        return KeyRing.open(tokens, KeyCatalogue.open(store, tokens.labels()));
    }

    @Produces
    @Singleton
    KeyEncryptionKeys keyEncryptionKeys(Tokens tokens, Store store) {
        KeyCatalogue _ = KeyCatalogue.open(store, tokens.labels());
        var keys = new KeyEncryptionKeys(store);
        KeyEncryptionKeySelfTest.pass(keys, tokens);
        return keys;
    }

    /** Made to prove itself by {@link StartUp}. */
    @Produces
    @Singleton
    TokenEnforcement enforcement(Tokens tokens, KeyEncryptionKeys keys, InstantSource clock) {
        return new TokenEnforcement(tokens, keys, clock);
    }

    @Produces
    @Singleton
    AuditFile auditSettings(ApplianceFile settings) {
        return AuditFile.read(settings.audit());
    }

    /** Only where the store is a database, which other appliances may use. Begun by {@link StartUp}. */
    @Produces
    @Singleton
    Optional<RollCall> rollCall(
            ApplianceFile appliance, AuditFile settings, Store store, InstantSource clock, LongSupplier nanoTime) {
        return appliance.store() instanceof StoreLocation.Server server
                ? Optional.of(new RollCall(store, server.appliance(), settings.origin(), clock, nanoTime))
                : Optional.empty();
    }

    /** Closed by {@link StartUp}, after the last leaf, and before the store and the token. */
    @Produces
    @Singleton
    Ownership ownership(
            ApplianceFile appliance,
            AuditFile settings,
            Store store,
            Optional<RollCall> rollCall,
            Tokens tokens,
            RandomGenerator random,
            LongSupplier nanoTime,
            BackgroundLoops loops) {
        var takingOver = new TakingOver(
                store,
                new TokenMemories(tokens, nanoTime),
                settings.origin(),
                Chains::heads,
                settings.protection(),
                random,
                nanoTime);
        Ownership ownership = rollCall.map(takingOver::own).orElseGet(takingOver::own);
        if (tokens.areSeveral()) {
            ownership.awaitReturns(loops);
        }
        return ownership;
    }

    @Produces
    @Singleton
    StartConfirmation confirmation(AuditFile settings, Store store, Optional<RollCall> rollCall) {
        return new StartConfirmation(store, !settings.witnesses().isEmpty(), rollCall);
    }

    /** Closed by {@link StartUp}. Nothing is appended before it is known whether the store is what the token remembers. */
    @Produces
    @Singleton
    AuditLog audit(AuditFile settings, KeyRing keys, Store store, Ownership ownership, InstantSource clock) {
        return AuditLog.open(store, settings.origin(), LogKeys.of(keys, settings.origin()), clock);
    }

    @Produces
    @Singleton
    ListenerTls listenerTls(ApplianceFile settings, InstantSource clock) {
        return ListenerTls.load(settings.tls(), clock);
    }

    /** In a scope with proxies: the front door is built before the token is asked anything. */
    @Produces
    @ApplicationScoped
    AccessJournal journal(AuditLog audit, InstantSource clock) {
        return new AuditedAccess(audit, clock);
    }

    @Produces
    @Singleton
    InForce<TrustedIssuers> issuers(ApplianceFile settings, InstantSource clock) {
        return InForce.load(
                List.of(settings.issuers()),
                read -> new TrustedIssuers(IssuersFile.read(read.getFirst()), OutgoingTls::client, clock));
    }

    @Produces
    @Singleton
    UserPins userPins(ApplianceFile settings, RandomGenerator random) {
        return UserPins.watch(settings.tokens(), random);
    }

    /** In a scope with proxies, as the journal. */
    @Produces
    @ApplicationScoped
    TokenVerifier tokens(InForce<TrustedIssuers> issuers) {
        return token -> issuers.current().verify(token);
    }

    @Produces
    @Singleton
    PolicyRecord policyRecord(Store store, AuditLog audit, InstantSource clock) {
        return new PolicyRecord(store, audit, clock);
    }

    @Produces
    @Singleton
    InForce<Policy> policy(
            ApplianceFile settings,
            Chains chains,
            KeyRing keys,
            KeyEncryptionKeys keyEncryptionKeys,
            PolicyRecord record) {
        Set<KeyAlias> aliases = keys.keys().stream().map(CataloguedKey::alias).collect(Collectors.toSet());
        keyEncryptionKeys.all().forEach(key -> aliases.add(key.alias()));
        return record.load(settings.policy(), KnownNames.of(chains.names(), aliases));
    }

    @Produces
    @Singleton
    Decisions decisions(InForce<Policy> policy, InstantSource clock) {
        return new Decisions(policy, clock);
    }

    @Produces
    @Singleton
    Gate gate(KeyRing keys, Tokens tokens, Store store, AuditLog audit, Ownership ownership) {
        return new Gate(keys, new DataKeys(tokens), store, audit, ownership::requireMaySign);
    }
}
