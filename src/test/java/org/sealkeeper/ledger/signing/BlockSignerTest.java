package org.sealkeeper.ledger.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.rollback.AwaitingWitness;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.store.WritingStopped;
import org.sealkeeper.testing.Callers;
import org.sealkeeper.testing.FaultyStore;

/** Claim, then sign, then keep, then reply: each step fails in turn, and nothing after it may have happened. */
class BlockSignerTest {
    private static final ChainName CHAIN = new ChainName("lab-a");
    private static final BlockRequest GENESIS =
            new BlockRequest(new Height(0), BlockHash.zeros(32), new BlockHash("a".repeat(64)));
    private static final String CHAINS = """
            chains:
              - {name: lab-a, signingKey: lab-a-blocks, hashLength: 32, sequence: contiguous, start: genesis}
            """;

    @TempDir
    Path folder;

    @TempDir
    Path another;

    private TestSigner signer;

    @BeforeEach
    void provision() {
        signer = new TestSigner(folder, CHAINS, Set.of("lab-a-blocks"), false);
    }

    @AfterEach
    void close() {
        signer.close();
    }

    @Test
    void withoutADurableClaimTheTokenIsNotAsked() {
        signer.loseToken(); // so that asking it would show as its own fault
        signer.store.failAfter(0, FaultyStore.Fault.LOST);

        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        assertThat(held()).isNull();
        assertThat(signer.recorded()).isEmpty();
    }

    @Test
    void nothingIsClaimedBeforeAWitnessConfirmsTheStart() {
        signer.close();
        signer = new TestSigner(another, CHAINS, Set.of("lab-a-blocks"), true);
        assertThatThrownBy(this::sign).hasCauseInstanceOf(AwaitingWitness.class);
        assertThat(held()).isNull();

        signer.confirmation.given();
        assertThat(sign()).isInstanceOf(SigningOutcome.Signed.class);
    }

    @Test
    void aWitnessThatSawAnotherHistoryEndsAllSigning() {
        sign();
        signer.confirmation.contradicted("the witness b has seen this log at size 9");
        assertThatThrownBy(this::signOther)
                .hasCauseInstanceOf(WritingStopped.class)
                .hasMessageContaining("witness-contradicts: the witness b has seen this log at size 9");
    }

    @Test
    void theClaimIsDurableBeforeTheTokenIsAskedAndTheSameStatementIsSignedLater() {
        signer.loseToken();
        assertThatThrownBy(this::sign).hasCauseInstanceOf(HsmFault.class);

        BlockRecord claim = held();
        assertThat(claim.signature()).isEmpty();
        assertThat(signer.recorded()).containsExactly("begun", "failed hsm-unavailable");
        assertThat(signOther()).isInstanceOf(Refusal.ConflictingBlock.class);

        signer.restart();
        var signed = (SigningOutcome.Signed) sign();
        assertThat(signed.block().signedAt()).isEqualTo(claim.statement().signedAtText());
    }

    @Test
    void aClaimAboveTheCeilingIsNotSignedAtTheStart() {
        sign();
        signer.loseToken();
        var next = new BlockRequest(new Height(1), GENESIS.blockHash(), new BlockHash("b".repeat(64)));
        assertThatThrownBy(() -> signer.sign(CHAIN, next)).hasCauseInstanceOf(HsmFault.class);

        signer.declare(CHAINS.replace("genesis", "genesis, ceiling: 0"));
        signer.restart();
        signer.finisher().finish();
        assertThat(signer.held(CHAIN, 1).signature()).isEmpty();
        assertThat(signer.sign(CHAIN, next)).isEqualTo(new Refusal.HeightAboveCeiling(new Height(0)));

        signer.declare(CHAINS);
        signer.restart();
        signer.finisher().finish();
        assertThat(signer.held(CHAIN, 1).signature()).isPresent();
    }

    @Test
    void aSignatureThatWasNotKeptIsNotAnswered() {
        signer.store.failAfter(1, FaultyStore.Fault.LOST);

        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        assertThat(held().signature()).isEmpty();
        assertThat(signer.recorded()).containsExactly("begun");
    }

    @Test
    void everyAnswerHasItsLeafAndASignatureNamesIt() {
        var signed = (SigningOutcome.Signed) sign();
        var replayed = (SigningOutcome.Signed) sign();
        signOther();
        var outsider = new SigningRequest(
                Callers.certified("urn:sealkeeper:node:node-b"), new RequestId("test"), CHAIN, GENESIS);
        signer.signer().sign(outsider).toCompletableFuture().join();
        var unknown =
                new SigningRequest(TestSigner.NODE, new RequestId("test"), new ChainName("mallory-smith"), GENESIS);
        signer.signer().sign(unknown).toCompletableFuture().join();

        assertThat(signer.recorded())
                .containsExactly(
                        "begun",
                        "done",
                        "replayed",
                        "refused conflicting-block",
                        "refused forbidden",
                        "refused unknown-chain");
        assertThat(replayed.block()).isEqualTo(signed.block());
        var leaf = RecordedLeaf.parse(signer.store
                .read(rows -> rows.first(
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
        var unknown =
                new SigningRequest(TestSigner.NODE, new RequestId("test"), new ChainName("mallory-smith"), GENESIS);
        signer.signer().sign(unknown).toCompletableFuture().join();

        List<String> entries = signer.store.read(
                rows -> rows.list("SELECT entry FROM audit_leaf", row -> new String(row.getBytes(1), UTF_8)));
        assertThat(entries).isNotEmpty().noneMatch(entry -> entry.contains("mallory"));
    }

    @Test
    void aSignatureKeptButNeverAnsweredIsTheOneAReplayGets() {
        signer.store.failAfter(1, FaultyStore.Fault.KEPT);
        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        String kept = held().signature().orElseThrow().jws();
        signer.store.heal();

        var replayed = (SigningOutcome.Signed) sign();
        assertThat(replayed.replay()).isTrue();
        assertThat(replayed.block().signature()).isEqualTo(kept);
    }

    @Test
    void aClaimKeptButNeverConfirmedStillHoldsItsHeight() {
        signer.store.failAfter(0, FaultyStore.Fault.KEPT);
        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        signer.store.heal();

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
        return signer.sign(CHAIN, block);
    }

    private BlockRecord held() {
        return signer.held(CHAIN, 0);
    }
}
