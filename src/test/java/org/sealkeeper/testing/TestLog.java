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
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.rollback.Ownership;
import org.sealkeeper.rollback.TakingOver;
import org.sealkeeper.rollback.TokenMemory;
import org.sealkeeper.store.SqliteStore;
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
                    log.hsm, new KeyCatalogue(store), new SecureRandom(), InstantSource.system(), lock);
            for (SigningAlgorithm algorithm : List.of(SigningAlgorithm.ES256, SigningAlgorithm.EDDSA)) {
                var alias = new KeyAlias("audit-" + algorithm.joseName().toLowerCase(Locale.ROOT));
                provisioning.apply(new DeclaredKey(alias, KeyPurpose.AUDIT_SIGNING, algorithm));
            }
        }
        return log;
    }

    public Path file() {
        return appliance.store();
    }

    public SoftHsmToken token() {
        return appliance.token();
    }

    public Hsm hsm() {
        return hsm;
    }

    public SqliteStore openStore() {
        return SqliteStore.open(appliance.store());
    }

    /** Opens the log over this store, which nobody guards. */
    public AuditLog open(Store store) {
        return open(store, ORIGIN);
    }

    public AuditLog open(Store store, Origin origin) {
        KeyRing keys = KeyRing.open(hsm, new KeyCatalogue(store));
        return AuditLog.open(store, origin, LogKeys.of(keys, origin), InstantSource.system());
    }

    /** Takes the token's keys for this store, as an appliance does before it opens the log; close it after the log. */
    public Ownership own(Store store) {
        return own(store, RollbackProtection.EVERY_GROUP, file());
    }

    /** As above, with the file of the store, or of a copy that is to be taken for one on another machine. */
    public Ownership own(Store store, RollbackProtection protection, Path file) {
        return own(store, protection, file, System::nanoTime);
    }

    /** As above, where the token is as fast as this clock says. */
    public Ownership own(Store store, RollbackProtection protection, Path file, LongSupplier ofToken) {
        return new TakingOver(
                        store,
                        new TokenMemory(hsm, ofToken),
                        ORIGIN,
                        Chains::heads,
                        protection,
                        new SecureRandom(),
                        System::nanoTime)
                .own(file);
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
