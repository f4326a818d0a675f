package org.sealkeeper.ledger.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.PolicyRecord;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.DataKeys;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.rollback.AwaitingWitness;
import org.sealkeeper.rollback.StartConfirmation;
import org.sealkeeper.store.SqliteStore;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.store.WritingStopped;
import org.sealkeeper.testing.Callers;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.TestAppliance;

/** Claim, then sign, then keep, then reply: each step fails in turn, and nothing after it may have happened. */
class BlockSignerTest {
    private static final ChainName CHAIN = new ChainName("lab-a");
    private static final Caller NODE = Callers.certified("urn:sealkeeper:node:node-a");
    private static final BlockRequest GENESIS =
            new BlockRequest(new Height(0), BlockHash.zeros(32), new BlockHash("a".repeat(64)));

    @TempDir
    Path folder;

    private TestAppliance appliance;
    private SqliteStore real;
    private FaultyStore store;
    private AuditLog audit;
    private Hsm hsm;
    private BlockSigner signer;
    private StartConfirmation confirmation;

    @BeforeEach
    void provision() {
        appliance = TestAppliance.in(folder);
        appliance.write("chains.yaml", """
                chains:
                  - {name: lab-a, signingKey: lab-a-blocks, hashLength: 32, sequence: contiguous, start: genesis}
                """);
        appliance.write("policy.yaml", """
                roles: {nodes: [{certificate: "urn:sealkeeper:node:node-a"}]}
                grants: [{name: nodes, roles: [nodes], operations: [sign-block], chains: [lab-a]}]
                denials: []
                separationExceptions: []
                ...
                """);
        real = SqliteStore.open(appliance.store());
        store = new FaultyStore(real);
        confirmation = new StartConfirmation(real, false);
        hsm = appliance.token().open();
        provision("lab-a-blocks", KeyPurpose.BLOCK_SIGNING);
        provision("audit", KeyPurpose.AUDIT_SIGNING);
        Origin origin = new Origin("lab-a.example/test");
        audit = AuditLog.open(
                real, origin, LogKeys.of(KeyRing.open(hsm, new KeyCatalogue(real)), origin), InstantSource.system());
        signer = signer();
    }

    private void provision(String alias, KeyPurpose purpose) {
        try (ProvisioningLock lock = ProvisioningLock.take(appliance.store())) {
            new Provisioning(hsm, new KeyCatalogue(real), new SecureRandom(), InstantSource.system(), lock)
                    .apply(new DeclaredKey(new KeyAlias(alias), purpose, SigningAlgorithm.ES256));
        }
    }

    @AfterEach
    void close() {
        hsm.close();
        store.close();
    }

    @Test
    void withoutADurableClaimTheTokenIsNotAsked() {
        hsm.close(); // so that asking it would show as its own fault
        store.failAfter(0, FaultyStore.Fault.LOST);

        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        assertThat(held()).isNull();
        assertThat(recorded()).isEmpty();
    }

    @Test
    void nothingIsClaimedBeforeAWitnessConfirmsTheStart() {
        confirmation = new StartConfirmation(real, true);
        signer = signer();
        assertThatThrownBy(this::sign).hasCauseInstanceOf(AwaitingWitness.class);
        assertThat(held()).isNull();

        confirmation.given();
        assertThat(sign()).isInstanceOf(SigningOutcome.Signed.class);
    }

    @Test
    void aWitnessThatSawAnotherHistoryEndsAllSigning() {
        sign();
        confirmation.contradicted("the witness b has seen this log at size 9");
        assertThatThrownBy(this::signOther)
                .hasCauseInstanceOf(WritingStopped.class)
                .hasMessageContaining("witness-contradicts: the witness b has seen this log at size 9");
    }

    @Test
    void theClaimIsDurableBeforeTheTokenIsAskedAndTheSameStatementIsSignedLater() {
        hsm.close();
        assertThatThrownBy(this::sign).hasCauseInstanceOf(HsmFault.class);

        BlockRecord claim = held();
        assertThat(claim.signature()).isEmpty();
        assertThat(recorded()).containsExactly("begun", "failed hsm-unavailable");
        assertThat(signOther()).isInstanceOf(Refusal.ConflictingBlock.class);

        hsm = appliance.token().open();
        signer = signer();
        var signed = (SigningOutcome.Signed) sign();
        assertThat(signed.block().signedAt()).isEqualTo(claim.statement().signedAtText());
    }

    @Test
    void aSignatureThatWasNotKeptIsNotAnswered() {
        store.failAfter(1, FaultyStore.Fault.LOST);

        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        assertThat(held().signature()).isEmpty();
        assertThat(recorded()).containsExactly("begun");
    }

    @Test
    void everyAnswerHasItsLeafAndASignatureNamesIt() {
        var signed = (SigningOutcome.Signed) sign();
        var replayed = (SigningOutcome.Signed) sign();
        signOther();
        var outsider = new SigningRequest(
                Callers.certified("urn:sealkeeper:node:node-b"), new RequestId("test"), CHAIN, GENESIS);
        signer.sign(outsider).toCompletableFuture().join();
        var unknown = new SigningRequest(NODE, new RequestId("test"), new ChainName("mallory-smith"), GENESIS);
        signer.sign(unknown).toCompletableFuture().join();

        assertThat(recorded())
                .containsExactly(
                        "begun",
                        "done",
                        "replayed",
                        "refused conflicting-block",
                        "refused forbidden",
                        "refused unknown-chain");
        assertThat(replayed.block()).isEqualTo(signed.block());
        var leaf = RecordedLeaf.parse(real.read(rows -> rows.first(
                        "SELECT entry FROM audit_leaf WHERE idx = ?",
                        row -> row.getBytes(1),
                        signed.block().auditIndex().orElseThrow()))
                .orElseThrow());
        assertThat(leaf.says(LeafField.OUTCOME, "done")).isTrue();
        assertThat(leaf.says(LeafField.BLOCK_HASH, GENESIS.blockHash().hex())).isTrue();
        assertThat(leaf.says(LeafField.KEY_ID, signed.block().keyId().value())).isTrue();
    }

    /** A caller chooses that name: it could be a patient's. */
    @Test
    void theNameOfAnUndeclaredChainIsNotRecorded() {
        var unknown = new SigningRequest(NODE, new RequestId("test"), new ChainName("mallory-smith"), GENESIS);
        signer.sign(unknown).toCompletableFuture().join();

        List<String> entries =
                real.read(rows -> rows.list("SELECT entry FROM audit_leaf", row -> new String(row.getBytes(1), UTF_8)));
        assertThat(entries).isNotEmpty().noneMatch(entry -> entry.contains("mallory"));
    }

    @Test
    void aSignatureKeptButNeverAnsweredIsTheOneAReplayGets() {
        store.failAfter(1, FaultyStore.Fault.KEPT);
        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        String kept = held().signature().orElseThrow().jws();
        store.heal();

        var replayed = (SigningOutcome.Signed) sign();
        assertThat(replayed.replay()).isTrue();
        assertThat(replayed.block().signature()).isEqualTo(kept);
    }

    @Test
    void aClaimKeptButNeverConfirmedStillHoldsItsHeight() {
        store.failAfter(0, FaultyStore.Fault.KEPT);
        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        store.heal();

        assertThat(signOther()).isInstanceOf(Refusal.ConflictingBlock.class);
        assertThat(sign()).isInstanceOf(SigningOutcome.Signed.class);
    }

    private SigningOutcome sign() {
        return sign(GENESIS);
    }

    private SigningOutcome signOther() {
        var other = new BlockRequest(new Height(0), BlockHash.zeros(32), new BlockHash("b".repeat(64)));
        return sign(other);
    }

    private SigningOutcome sign(BlockRequest block) {
        return signer.sign(new SigningRequest(NODE, new RequestId("test"), CHAIN, block))
                .toCompletableFuture()
                .join();
    }

    /** What the log says of the operations on blocks, in order. */
    private List<String> recorded() {
        return real
                .read(rows -> rows.list("SELECT entry FROM audit_leaf ORDER BY idx", row -> row.getBytes(1)))
                .stream()
                .map(RecordedLeaf::parse)
                .filter(leaf -> leaf.says(LeafField.OPERATION, "sign-block"))
                .map(leaf -> leaf.text(LeafField.OUTCOME).orElseThrow()
                        + leaf.text(LeafField.REASON)
                                .map(reason -> " " + reason)
                                .orElse(""))
                .toList();
    }

    private BlockRecord held() {
        return store.read(rows -> new BlockTable(rows).block(CHAIN, new Height(0)))
                .orElse(null);
    }

    private BlockSigner signer() {
        KeyRing keys = KeyRing.open(hsm, new KeyCatalogue(store));
        Chains chains = Chains.load(folder.resolve("chains.yaml"), keys, store);
        var known = KnownNames.of(chains.names(), Set.of(new KeyAlias("lab-a-blocks")));
        var policy = new PolicyRecord(real, audit, InstantSource.system()).load(folder.resolve("policy.yaml"), known);
        return new BlockSigner(
                chains,
                new Decisions(policy, InstantSource.system()),
                new Gate(keys, new DataKeys(hsm), store, audit, () -> {}),
                audit,
                confirmation,
                InstantSource.system(),
                new SigningMetrics(new SimpleMeterRegistry()));
    }
}
