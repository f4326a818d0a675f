package org.sealkeeper.ledger.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.Overload;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.signing.SigningOutcome.Signed;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.SoftwareChain;

/** Single requests on chains that say {@code signatures: batched}, with a real token that a test makes slow. */
class BatchCollectorTest {
    private static final ChainName A = new ChainName("lab-a");
    private static final ChainName B = new ChainName("lab-b");
    private static final ChainName OTHER_KEY = new ChainName("lab-c");
    private static final ChainName ALONE = new ChainName("lab-d");

    @TempDir
    Path folder;

    @TempDir
    Path another;

    private TestSigner signer;

    @BeforeEach
    void provision() {
        signer = signer(folder, "{milliseconds: 0, statements: 3}");
    }

    private static TestSigner signer(Path folder, String bounds) {
        return new TestSigner(folder, """
                batches: %s
                chains:
                  - {name: lab-a, signingKey: one, hashLength: 32, sequence: contiguous, start: genesis, signatures: batched}
                  - {name: lab-b, signingKey: one, hashLength: 32, sequence: contiguous, start: genesis, signatures: batched}
                  - {name: lab-c, signingKey: other, hashLength: 32, sequence: contiguous, start: genesis, signatures: batched}
                  - {name: lab-d, signingKey: one, hashLength: 32, sequence: contiguous, start: genesis, signatures: individual}
                """.formatted(bounds), Set.of("one", "other"), false);
    }

    @AfterEach
    void close() {
        signer.close();
    }

    @Test
    void anIdleKeySignsAtOnce() {
        assertThat(leafCount(sign(A, 0))).isOne();
        assertThat(leafCount(sign(A, 1))).isOne();
        assertThat(signer.signatures()).isEqualTo(2);
    }

    @Test
    void whatComesWhileTheTokenIsBusyIsTheNextBatch() {
        SlowSignature slow = SlowSignature.of(signer);
        var first = sign(A, 0);
        Await.until(() -> signer.signatures() == 1);
        var others = List.of(sign(A, 1), sign(B, 0), sign(A, 2));
        slow.release();

        assertThat(leafCount(first)).isOne();
        assertThat(others).allMatch(outcome -> leafCount(outcome) == 3);
        assertThat(signer.signatures()).isEqualTo(2);
    }

    @Test
    void aBatchHasAtMostAsManyStatementsAsIsDeclared() {
        SlowSignature slow = SlowSignature.of(signer);
        var first = sign(A, 0);
        Await.until(() -> signer.signatures() == 1);
        List<CompletionStage<SigningOutcome>> others = new ArrayList<>();
        for (int height = 0; height < 7; height++) {
            others.add(sign(B, height));
        }
        slow.release();

        assertThat(leafCount(first)).isOne();
        assertThat(others).extracting(BatchCollectorTest::leafCount).containsExactly(3, 3, 3, 3, 3, 3, 1);
    }

    @Test
    void anotherKeyDoesNotWaitAndNeitherDoesAChainOfSingleSignatures() {
        SlowSignature slow = SlowSignature.of(signer);
        var first = sign(A, 0);
        Await.until(() -> signer.signatures() == 1);

        assertThat(leafCount(sign(OTHER_KEY, 0))).isOne();
        assertThat(((Signed) outcome(sign(ALONE, 0))).block().proof()).isEmpty();
        slow.release();
        assertThat(leafCount(first)).isOne();
    }

    @Test
    void eachCallerIsToldItsOwnOutcome() {
        SlowSignature slow = SlowSignature.of(signer);
        var first = sign(A, 0);
        Await.until(() -> signer.signatures() == 1);
        var conflicting = signer.signer()
                .sign(TestSigner.request(
                        A, new BlockRequest(new Height(0), BlockHash.zeros(32), SoftwareChain.hash("x", 0))));
        var again = sign(A, 0);
        var next = sign(A, 1);
        slow.release();

        assertThat(outcome(conflicting)).isInstanceOf(Refusal.ConflictingBlock.class);
        assertThat(outcome(again)).isEqualTo(new Signed(((Signed) outcome(first)).block(), true));
        assertThat(leafCount(next)).isOne();
    }

    @Test
    void aBatchThatFailsDoesNotHoldTheNextOne() {
        SlowSignature slow = SlowSignature.of(signer);
        var first = sign(A, 0);
        Await.until(() -> signer.signatures() == 1);
        var next = sign(B, 0);
        slow.fail(new StoreFault("made to fail", null));

        assertThatThrownBy(() -> outcome(first)).hasCauseInstanceOf(StoreFault.class);
        assertThat(leafCount(next)).isOne();
        assertThat(leafCount(sign(A, 0))).isOne();
    }

    @Test
    void tooManyThatWaitAreRefusedWithNothingBegun() {
        signer.close();
        signer = signer(another, "{milliseconds: 0, statements: 1000}");
        SlowSignature slow = SlowSignature.of(signer);
        var first = sign(A, 0);
        Await.until(() -> signer.signatures() == 1);
        List<CompletionStage<SigningOutcome>> others = new ArrayList<>();
        for (int again = 0; again < BatchCollector.CAPACITY; again++) {
            others.add(sign(A, 0));
        }
        assertThatThrownBy(() -> outcome(sign(B, 0))).hasCauseInstanceOf(Overload.class);
        assertThat(signer.held(B, 0)).isNull();
        slow.release();
        assertThat(others).allMatch(other -> outcome(other) instanceof Signed);
        assertThat(leafCount(first)).isOne();
        assertThat(leafCount(sign(B, 0))).isOne();
    }

    @Test
    void whatWaitsAtTheStopFailsUnclaimedAndWhatIsUnderWayEnds() {
        SlowSignature slow = SlowSignature.of(signer);
        var underWay = sign(A, 0);
        Await.until(() -> signer.signatures() == 1);
        var waiting = sign(A, 1);
        signer.signer().close();

        assertThatThrownBy(() -> outcome(waiting)).hasCauseInstanceOf(Stopping.class);
        assertThatThrownBy(() -> outcome(sign(B, 0))).hasCauseInstanceOf(Stopping.class);
        slow.release();
        assertThat(leafCount(underWay)).isOne();
        assertThat(signer.held(A, 1)).isNull();
    }

    @Test
    void theFirstThatComesWaitsForOthersAsLongAsIsDeclared() {
        signer.close();
        signer = signer(another, "{milliseconds: 1000, statements: 2}");
        var first = sign(A, 0);
        var second = sign(B, 0);
        assertThat(leafCount(first)).isEqualTo(2);
        assertThat(leafCount(second)).isEqualTo(2);

        assertThat(leafCount(sign(A, 1))).isOne();
    }

    private CompletionStage<SigningOutcome> sign(ChainName chain, long height) {
        return signer.signer().sign(request(chain, height));
    }

    private static SigningRequest request(ChainName chain, long height) {
        return TestSigner.request(
                chain,
                new BlockRequest(
                        new Height(height),
                        height == 0 ? BlockHash.zeros(32) : SoftwareChain.hash(chain.value(), height - 1),
                        SoftwareChain.hash(chain.value(), height)));
    }

    private static SigningOutcome outcome(CompletionStage<SigningOutcome> stage) {
        return stage.toCompletableFuture().copy().orTimeout(1, TimeUnit.MINUTES).join();
    }

    private static int leafCount(CompletionStage<SigningOutcome> stage) {
        return ((Signed) outcome(stage)).block().proof().orElseThrow().leafCount();
    }
}
