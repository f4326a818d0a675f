package org.sealkeeper.ledger.signing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.PolicyRecord;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.DataKeys;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.ChangePermit;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.verification.BlockVerifier;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.rollback.StartConfirmation;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Callers;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.TestAppliance;
import org.sealkeeper.verify.TrustedKeys;

/** A signer over a real token and a real store, any of which can be made to fail. */
final class TestSigner implements AutoCloseable {
    static final Caller NODE = Callers.certified("urn:sealkeeper:node:node-a");

    private final TestAppliance appliance;
    private final Store real;
    private final AuditLog audit;
    private final AtomicInteger signatures = new AtomicInteger();
    private volatile Runnable beforeSigning = () -> {};
    final FaultyStore store;
    final StartConfirmation confirmation;
    private Hsm hsm;
    private KeyRing keys;
    private Chains chains;
    private BlockSigner signer;

    /**
     * Provisions it.
     *
     * @param aliases of the keys that sign blocks
     * @param hasWitnesses whether a witness is to confirm the start
     */
    TestSigner(Path folder, String chainsYaml, Set<String> aliases, boolean hasWitnesses) {
        appliance = TestAppliance.in(folder);
        appliance.write("chains.yaml", chainsYaml);
        appliance.write("policy.yaml", """
                roles: {nodes: [{certificate: "urn:sealkeeper:node:node-a"}]}
                grants: [{name: nodes, roles: [nodes], operations: [sign-block], chains: ["lab-*"]}]
                denials: []
                separationExceptions: []
                ...
                """);
        real = Store.open(appliance.store());
        store = new FaultyStore(real);
        confirmation = new StartConfirmation(real, hasWitnesses, Optional.empty());
        hsm = appliance.token().open();
        aliases.forEach(alias -> provision(alias, KeyPurpose.BLOCK_SIGNING));
        provision("audit", KeyPurpose.AUDIT_SIGNING);
        Origin origin = new Origin("lab-a.example/test");
        audit = AuditLog.open(
                real,
                origin,
                LogKeys.of(KeyRing.open(Tokens.of(hsm), KeyCatalogue.open(real, List.of(hsm.label()))), origin),
                InstantSource.system());
        open();
    }

    private void provision(String alias, KeyPurpose purpose) {
        try (ProvisioningLock lock = ProvisioningLock.take(appliance.store())) {
            new Provisioning(
                            Tokens.of(hsm),
                            KeyCatalogue.open(real, List.of(hsm.label())),
                            new SecureRandom(),
                            InstantSource.system(),
                            new ChangePermit(lock, ChangeControl.ofOperator()))
                    .apply(new DeclaredKey(new KeyAlias(alias), purpose, SigningAlgorithm.ES256), hsm);
        }
    }

    private void open() {
        keys = KeyRing.open(Tokens.of(hsm), KeyCatalogue.open(store, List.of(hsm.label())));
        chains = Chains.load(appliance.folder().resolve("chains.yaml"), keys, store);
        var known = KnownNames.of(chains.names(), Set.of());
        var policy = new PolicyRecord(real, audit, InstantSource.system())
                .load(appliance.folder().resolve("policy.yaml"), known);
        signer = new BlockSigner(
                chains,
                keys,
                new Decisions(policy, InstantSource.system()),
                new Gate(keys, new DataKeys(Tokens.of(hsm)), store, audit, this::aboutToSign),
                audit,
                confirmation,
                InstantSource.system(),
                new SigningMetrics(new SimpleMeterRegistry()));
    }

    private void aboutToSign() {
        signatures.incrementAndGet();
        beforeSigning.run();
    }

    /** Runs this each time before the token signs, on the thread that signs; what it throws is what the signature ends in. */
    void beforeSigning(Runnable hook) {
        beforeSigning = hook;
    }

    /** Every signature fails from now on. */
    void loseToken() {
        hsm.close();
    }

    /** Has a new process find other declarations. */
    void declare(String chainsYaml) {
        appliance.write("chains.yaml", chainsYaml);
    }

    /** As a new process begins, on what is durable and with the token as it is. */
    void restart() {
        hsm.close();
        hsm = appliance.token().open();
        open();
    }

    BlockSigner signer() {
        return signer;
    }

    ClaimFinisher finisher() {
        return new ClaimFinisher(chains, signer, store);
    }

    /** How often the token was asked to sign a block, or a batch. */
    int signatures() {
        return signatures.get();
    }

    /** Judges what it signed. */
    BlockVerifier verifier() {
        return new BlockVerifier(new TrustedKeys(
                keys.keys().stream().map(CataloguedKey::verificationKey).toList()));
    }

    SigningOutcome sign(ChainName chain, BlockRequest block) {
        return signer.sign(request(chain, block)).toCompletableFuture().join();
    }

    static SigningRequest request(ChainName chain, BlockRequest block) {
        return new SigningRequest(NODE, new RequestId("test"), chain, block);
    }

    BlockRecord held(ChainName chain, long height) {
        return store.read(rows -> new BlockTable(rows).block(chain, new Height(height)))
                .orElse(null);
    }

    /** Every leaf of the operations on blocks, in order. */
    List<RecordedLeaf> leaves() {
        return real
                .read(rows -> rows.list("SELECT entry FROM audit_leaf ORDER BY idx", row -> row.getBytes(1)))
                .stream()
                .map(RecordedLeaf::parse)
                .filter(leaf -> leaf.says(LeafField.OPERATION, "sign-block"))
                .toList();
    }

    /** What the log says of the operations on blocks, in order. */
    List<String> recorded() {
        return leaves().stream()
                .map(leaf -> leaf.text(LeafField.OUTCOME).orElseThrow()
                        + leaf.text(LeafField.REASON)
                                .map(reason -> " " + reason)
                                .orElse(""))
                .toList();
    }

    @Override
    public void close() {
        hsm.close();
        store.close();
    }
}
