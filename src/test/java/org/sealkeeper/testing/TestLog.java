package org.sealkeeper.testing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.RollbackProtection;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.ChangePermit;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.rollback.Ownership;
import org.sealkeeper.rollback.TakingOver;
import org.sealkeeper.rollback.TokenMemories;
import org.sealkeeper.store.Store;

/** An appliance with audit keys of both algorithms in a real token, whose log a test opens, closes and harms. */
public final class TestLog implements AutoCloseable {
    public static final Origin ORIGIN = new Origin("lab-a.example/test");

    private final TestAppliance appliance;
    private final Hsm hsm;

    private TestLog(TestAppliance appliance) {
        this.appliance = appliance;
        this.hsm = appliance.token().open();
    }

    public static TestLog in(Path folder) {
        var log = new TestLog(TestAppliance.in(folder));
        try (Store store = log.openStore();
                ProvisioningLock lock = ProvisioningLock.take(log.appliance.store())) {
            var provisioning = new Provisioning(
                    Tokens.of(log.hsm),
                    KeyCatalogue.open(store, List.of(log.hsm.label())),
                    new SecureRandom(),
                    InstantSource.system(),
                    new ChangePermit(lock, ChangeControl.ofOperator()));
            for (SigningAlgorithm algorithm : List.of(SigningAlgorithm.ES256, SigningAlgorithm.EDDSA)) {
                var alias = new KeyAlias("audit-" + algorithm.joseName().toLowerCase(Locale.ROOT));
                provisioning.apply(new DeclaredKey(alias, KeyPurpose.AUDIT_SIGNING, algorithm), log.hsm);
            }
        }
        return log;
    }

    public Path file() {
        return appliance.storeFile();
    }

    public SoftHsmToken token() {
        return appliance.token();
    }

    public Hsm hsm() {
        return hsm;
    }

    public Store openStore() {
        return Store.open(appliance.store());
    }

    /** Opens the log over this store, which nobody guards. */
    public AuditLog open(Store store) {
        return open(store, ORIGIN);
    }

    public AuditLog open(Store store, Origin origin) {
        KeyRing keys = KeyRing.open(Tokens.of(hsm), KeyCatalogue.open(store, List.of(hsm.label())));
        return AuditLog.open(store, origin, LogKeys.of(keys, origin), InstantSource.system());
    }

    /** Takes the token's keys for this store, as an appliance does before it opens the log; close it after the log. */
    public Ownership own(Store store) {
        return own(store, System::nanoTime);
    }

    /** As above, where the token is as fast as this clock says. */
    public Ownership own(Store store, LongSupplier ofToken) {
        return new TakingOver(
                        store,
                        new TokenMemories(Tokens.of(hsm), ofToken),
                        ORIGIN,
                        Chains::heads,
                        RollbackProtection.EVERY_GROUP,
                        new SecureRandom(),
                        System::nanoTime)
                .own();
    }

    /** Some leaf; each number gives another. */
    public static Leaf leaf(int number) {
        return Leaf.done(
                Instant.EPOCH.plusSeconds(number),
                Operation.READ_CHAIN,
                new Actor.Identified(Caller.of(new CallerId("urn:sealkeeper:node:node-a"))),
                new Subject.Chain(new ChainName("lab-a")),
                "chains/lab-a/readers");
    }

    @Override
    public void close() {
        hsm.close();
    }
}
