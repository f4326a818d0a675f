package org.sealkeeper.ledger.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
import org.sealkeeper.ledger.BatchedStatement;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.ledger.signing.SigningOutcome.Signed;
import org.sealkeeper.ledger.verification.BlockVerdict;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.SoftwareChain;

/** One signature for many blocks, with a real token: what holds for one block holds for each of them. */
class BatchSigningTest {
    private static final ChainName A = new ChainName("lab-a");
    private static final ChainName B = new ChainName("lab-b");
    private static final ChainName OTHER_KEY = new ChainName("lab-c");

    @TempDir
    Path folder;

    private TestSigner signer;

    @BeforeEach
    void provision() {
        signer = new TestSigner(folder, """
                chains:
                  - {name: lab-a, signingKey: one, hashLength: 32, sequence: contiguous, start: genesis}
                  - {name: lab-b, signingKey: one, hashLength: 32, sequence: contiguous, start: genesis}
                  - {name: lab-c, signingKey: other, hashLength: 32, sequence: contiguous, start: genesis}
                """, Set.of("one", "other"), false);
    }

    @AfterEach
    void close() {
        signer.close();
    }

    @Test
    void aBatchCostsOneSignatureAndTwoTransactions() {
        List<SigningRequest> blocks = new ArrayList<>(blocks(A, 0, 300));
        blocks.addAll(blocks(B, 0, 300));
        int writes = signer.store.writes();
        List<SignedBlock> signed = signed(together(blocks));

        assertThat(signer.signatures()).isOne();
        assertThat(signer.store.writes() - writes).isEqualTo(2);
        assertThat(signed)
                .extracting(SignedBlock::signature)
                .containsOnly(signed.getFirst().signature());
        assertThat(signed)
                .extracting(block -> block.proof().orElseThrow().leafCount())
                .containsOnly(600);
        assertThat(signed).allMatch(this::isGenuine);
    }

    @Test
    void eachKeySignsATreeOfItsOwn() {
        List<SigningRequest> blocks = List.of(block(A, 0), block(OTHER_KEY, 0), block(A, 1), block(OTHER_KEY, 1));
        List<SignedBlock> signed = signed(together(blocks));

        assertThat(signer.signatures()).isEqualTo(2);
        assertThat(signed).allMatch(this::isGenuine);
        assertThat(signed.get(0).signature())
                .isEqualTo(signed.get(2).signature())
                .isNotEqualTo(signed.get(1).signature());
        assertThat(signed.get(1).signature()).isEqualTo(signed.get(3).signature());
    }

    @Test
    void aTreeOfOneBlockIsATree() {
        SignedBlock signed = signed(together(List.of(block(A, 0)))).getFirst();
        assertThat(signed.proof().orElseThrow().hashes()).isEmpty();
        assertThat(isGenuine(signed)).isTrue();
    }

    @Test
    void aBatchWithoutBlocksSignsNothing() {
        assertThat(together(List.of())).isEmpty();
        assertThat(signer.signatures()).isZero();
    }

    @Test
    void whatWasSignedIsAnsweredTheSameForEver() {
        List<SigningRequest> blocks = blocks(A, 0, 3);
        List<SignedBlock> first = signed(together(blocks));

        assertThat(signed(together(blocks))).isEqualTo(first);
        assertThat(signer.sign(A, request(A, 1))).isEqualTo(new Signed(first.get(1), true));
        signer.restart();
        assertThat(signed(together(blocks))).isEqualTo(first);
        assertThat(signer.signatures()).isOne();
    }

    @Test
    void everyBlockHasItsOwnLeavesOfTheLog() {
        List<SignedBlock> signed = signed(together(blocks(A, 0, 3)));
        assertThat(signer.recorded()).containsExactly("begun", "begun", "begun", "done", "done", "done");
        List<RecordedLeaf> done = signer.leaves().subList(3, 6);
        for (int i = 0; i < 3; i++) {
            SignedBlock block = signed.get(i);
            assertThat(done.get(i).says(LeafField.BLOCK_HASH, block.blockHash().hex()))
                    .isTrue();
            assertThat(done.get(i).says(LeafField.KEY_ID, block.keyId().value()))
                    .isTrue();
            assertThat(block.auditIndex()).isPresent();
        }
        assertThat(signed).extracting(block -> block.auditIndex().orElseThrow()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsRefusedLeavesTheOthersInTheBatch() {
        signed(together(blocks(A, 0, 2)));
        var conflicting = new BlockRequest(new Height(1), SoftwareChain.hash("lab-a", 0), SoftwareChain.hash("x", 1));
        List<SigningOutcome> outcomes = together(List.of(
                TestSigner.request(A, conflicting),
                block(A, 1),
                block(A, 2),
                block(B, 5),
                TestSigner.request(new ChainName("lab-z"), request(B, 0)),
                block(B, 0)));

        assertThat(outcomes.get(0))
                .isEqualTo(new Refusal.ConflictingBlock(new Height(1), SoftwareChain.hash("lab-a", 1)));
        assertThat(((Signed) outcomes.get(1)).replay()).isTrue();
        assertThat(outcomes.get(3)).isEqualTo(new Refusal.HeightGap(new Height(0)));
        assertThat(outcomes.get(4)).isInstanceOf(Refusal.UnknownChain.class);
        SignedBlock inA = ((Signed) outcomes.get(2)).block();
        SignedBlock inB = ((Signed) outcomes.get(5)).block();
        assertThat(inA.signature()).isEqualTo(inB.signature());
        assertThat(inA.proof().orElseThrow().leafCount()).isEqualTo(2);
        assertThat(signer.recorded())
                .contains("refused conflicting-block", "refused height-gap", "refused unknown-chain", "replayed");
    }

    @Test
    void ofTheSameHeightTwiceInOneBatchTheFirstBlockIsSigned() {
        var other = new BlockRequest(new Height(0), BlockHash.zeros(32), SoftwareChain.hash("other", 0));
        List<SigningOutcome> outcomes =
                together(List.of(block(A, 0), TestSigner.request(A, other), block(A, 0), block(A, 1)));

        Signed first = (Signed) outcomes.get(0);
        assertThat(outcomes.get(1))
                .isEqualTo(new Refusal.ConflictingBlock(new Height(0), SoftwareChain.hash("lab-a", 0)));
        assertThat(outcomes.get(2)).isEqualTo(new Signed(first.block(), true));
        assertThat(outcomes.get(3)).isInstanceOf(Signed.class);
        assertThat(isGenuine(first.block())).isTrue();
    }

    @Test
    void whatTheTokenDoesNotSignIsClaimedRecordedAndSignedLater() {
        signer.loseToken();
        assertThatThrownBy(() -> together(blocks(A, 0, 2)))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(HsmFault.class);
        assertThat(signer.recorded())
                .containsExactly("begun", "begun", "failed hsm-unavailable", "failed hsm-unavailable");
        String claimed = signer.held(A, 1).statement().signedAtText();
        assertThat(signer.held(A, 1).signature()).isEmpty();

        signer.restart();
        List<SignedBlock> signed = signed(together(blocks(A, 0, 2)));
        assertThat(signed.get(1).signedAt()).isEqualTo(claimed);
        assertThat(signed).allMatch(this::isGenuine);
    }

    @Test
    void withoutDurableClaimsTheTokenIsNotAsked() {
        signer.store.failAfter(0, FaultyStore.Fault.LOST);
        assertThatThrownBy(() -> together(blocks(A, 0, 2))).hasCauseInstanceOf(StoreFault.class);
        assertThat(signer.signatures()).isZero();
        assertThat(signer.held(A, 0)).isNull();
    }

    /** What a crash between claim and signature leaves, and one between signature and keeping. */
    @Test
    void claimsThatACrashLeftAreSignedOneByOneAtTheNextStart() {
        signer.store.failAfter(1, FaultyStore.Fault.LOST);
        assertThatThrownBy(() -> together(blocks(A, 0, 3))).hasCauseInstanceOf(StoreFault.class);
        assertThat(signer.signatures()).isOne();
        assertThat(signer.held(A, 2).signature()).isEmpty();
        signer.store.heal();
        signer.restart();

        signer.finisher().finish();
        List<SignedBlock> signed = signed(together(blocks(A, 0, 3)));
        assertThat(signed).allMatch(this::isGenuine);
        assertThat(signed).allMatch(block -> block.proof().isEmpty());
        assertThat(signer.signatures()).isEqualTo(4);
    }

    @Test
    void signaturesThatWereKeptButNeverAnsweredAreWhatAReplayGets() {
        signer.store.failAfter(1, FaultyStore.Fault.KEPT);
        assertThatThrownBy(() -> together(blocks(A, 0, 2))).hasCauseInstanceOf(StoreFault.class);
        String kept = signer.held(A, 1).signature().orElseThrow().jws();
        signer.store.heal();

        List<SigningOutcome> again = together(blocks(A, 0, 2));
        assertThat(again).allMatch(outcome -> ((Signed) outcome).replay());
        assertThat(signed(again))
                .allMatch(block -> block.signature().equals(kept))
                .allMatch(this::isGenuine);
    }

    @Test
    void noBlockGetsIntoATreeAboveAClaimThatNoRequestIsAboutToSign() {
        signer.store.failAfter(1, FaultyStore.Fault.LOST);
        assertThatThrownBy(() -> together(blocks(A, 0, 2))).hasCauseInstanceOf(StoreFault.class);
        signer.store.heal();

        List<SigningOutcome> outcomes = together(List.of(block(A, 1), block(B, 0)));
        assertThat(outcomes.get(0))
                .isEqualTo(new Refusal.PredecessorUnsigned(new Height(0), SoftwareChain.hash("lab-a", 0)));
        assertThat(((Signed) outcomes.get(1)).block().proof().orElseThrow().leafCount())
                .isOne();
    }

    @Test
    void aBlockGetsIntoATreeOnceTheBlockBelowIsSigned() {
        SlowSignature below = SlowSignature.of(signer);
        var single = signer.signer().sign(block(A, 0));
        var batch = signer.signer().signTogether(List.of(block(A, 1), block(B, 0)));
        Await.until(() -> signer.held(A, 1) != null && signer.signatures() > 0);
        assertThat(signer.signatures()).isOne();
        below.release();

        assertThat(single.toCompletableFuture().join()).isInstanceOf(Signed.class);
        assertThat(signed(ended(batch)))
                .allMatch(block -> block.proof().orElseThrow().leafCount() == 2);
    }

    /** Its hash would be among those of its neighbours' proofs: who knows its statement could prove it. */
    @Test
    void aBlockDoesNotGetIntoATreeIfTheBlockBelowIsNotSigned() {
        SlowSignature below = SlowSignature.of(signer);
        var single = signer.signer().sign(block(A, 0));
        var batch = signer.signer().signTogether(List.of(block(A, 1), block(A, 2), block(B, 0)));
        Await.until(() -> signer.held(A, 2) != null);
        below.fail(new StoreFault("made to fail", null));

        assertThatThrownBy(() -> single.toCompletableFuture().join()).hasCauseInstanceOf(StoreFault.class);
        List<SigningOutcome> outcomes = ended(batch);
        assertThat(outcomes.get(0))
                .isEqualTo(new Refusal.PredecessorUnsigned(new Height(0), SoftwareChain.hash("lab-a", 0)));
        assertThat(outcomes.get(1))
                .isEqualTo(new Refusal.PredecessorUnsigned(new Height(1), SoftwareChain.hash("lab-a", 1)));
        assertThat(((Signed) outcomes.get(2)).block().proof().orElseThrow().leafCount())
                .isOne();
        assertThat(signed(together(blocks(A, 0, 3)))).allMatch(this::isGenuine);
    }

    @Test
    void racingBatchesAndSingleRequestsOverTheSameHeightsAreOneBlockEach() throws Exception {
        Set<String> signedHashes = new HashSet<>();
        BlockHash link = BlockHash.zeros(32);
        try (ExecutorService racers = Executors.newFixedThreadPool(4)) {
            for (long height = 0; height < 40; height++) {
                var start = new CyclicBarrier(4);
                List<Future<Optional<SignedBlock>>> answers = new ArrayList<>();
                for (int racer = 0; racer < 4; racer++) {
                    var asked = new BlockRequest(
                            new Height(height), link, SoftwareChain.hash("racer-" + racer / 2, height));
                    boolean isSingle = racer % 2 == 0;
                    answers.add(racers.submit(() -> {
                        start.await();
                        return signedBlock(
                                isSingle
                                        ? signer.sign(A, asked)
                                        : together(List.of(TestSigner.request(A, asked)))
                                                .getFirst());
                    }));
                }
                Set<String> hashes = new HashSet<>();
                Set<String> signatures = new HashSet<>();
                for (var answer : answers) {
                    answer.get().ifPresent(block -> {
                        assertThat(isGenuine(block)).isTrue();
                        hashes.add(block.blockHash().hex());
                        signatures.add(block.signature());
                    });
                }
                assertThat(hashes).hasSize(1);
                assertThat(signatures).hasSize(1);
                signedHashes.addAll(hashes);
                link = new BlockHash(hashes.iterator().next());
            }
        }
        assertThat(signedHashes).hasSize(40);
    }

    /** The request stands on a block of the batch, and the batch on the request's: they must not both wait. */
    @Test
    void aBatchAndARequestBetweenItsBlocksBothEnd() throws Exception {
        signer.store.failAfter(1, FaultyStore.Fault.LOST);
        assertThatThrownBy(() -> together(blocks(A, 0, 3))).hasCauseInstanceOf(StoreFault.class);
        signer.store.heal();
        SlowSignature slow = SlowSignature.of(signer);
        var single = signer.signer().sign(block(A, 1));
        var batch = signer.signer().signTogether(List.of(block(A, 0), block(A, 2)));
        Await.until(() -> signer.recorded().size() == 6);
        slow.release();

        assertThat(single.toCompletableFuture().get(1, TimeUnit.MINUTES))
                .isEqualTo(new Refusal.PredecessorUnsigned(new Height(0), SoftwareChain.hash("lab-a", 0)));
        assertThat(batch.get(0).toCompletableFuture().get(1, TimeUnit.MINUTES)).isInstanceOf(Signed.class);
        assertThat(signed(together(blocks(A, 0, 3)))).allMatch(this::isGenuine);
    }

    private boolean isGenuine(SignedBlock block) {
        var batched = block.statement()
                .map(statement -> new BatchedStatement(statement, block.proof().orElseThrow()));
        return signer.verifier().verify(block.signature(), batched) instanceof BlockVerdict.Valid(var said, var keyId)
                && said.blockHash().equals(block.blockHash())
                && said.height().equals(block.height())
                && said.chain().equals(block.chain())
                && keyId.equals(block.keyId());
    }

    private static Optional<SignedBlock> signedBlock(SigningOutcome outcome) {
        return outcome instanceof Signed(var block, var _) ? Optional.of(block) : Optional.empty();
    }

    private static List<SignedBlock> signed(List<SigningOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> signedBlock(outcome).orElseThrow(() -> new AssertionError(outcome.toString())))
                .toList();
    }

    private List<SigningOutcome> together(List<SigningRequest> requests) {
        return ended(signer.signer().signTogether(requests));
    }

    private static List<SigningOutcome> ended(List<CompletionStage<SigningOutcome>> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.toCompletableFuture().join())
                .toList();
    }

    private static List<SigningRequest> blocks(ChainName chain, long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(height -> block(chain, height))
                .toList();
    }

    private static SigningRequest block(ChainName chain, long height) {
        return TestSigner.request(chain, request(chain, height));
    }

    private static BlockRequest request(ChainName chain, long height) {
        return new BlockRequest(
                new Height(height),
                height == 0 ? BlockHash.zeros(32) : SoftwareChain.hash(chain.value(), height - 1),
                SoftwareChain.hash(chain.value(), height));
    }
}
