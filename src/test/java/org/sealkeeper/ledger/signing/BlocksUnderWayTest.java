package org.sealkeeper.ledger.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.ledger.signing.SigningOutcome.Signed;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.SoftwareChain;

/** Many blocks of one chain at a time: they share transactions, and none is ever signed above one that is not. */
@Timeout(120)
class BlocksUnderWayTest {
    private static final ChainName CHAIN = new ChainName("lab-a");

    @TempDir
    Path folder;

    private TestSigner signer;

    @BeforeEach
    void provision() {
        signer = new TestSigner(folder, """
                chains:
                  - {name: lab-a, signingKey: one, hashLength: 32, sequence: contiguous, start: genesis}
                """, Set.of("one"), false);
    }

    @AfterEach
    void close() {
        signer.close();
    }

    @Test
    void aSignatureIsGivenToTheStoreBeforeThatOfTheBlockBelowIsDurable() {
        SlowSignature lowest = SlowSignature.of(signer);
        var asked = sign(10, lowest);
        Await.until(() -> signer.signatures() == 10);
        int claims = signer.store.writes();
        var busy = new CountDownLatch(1);
        CompletionStage<Boolean> writer = signer.store.write(rows -> awaits(busy));
        lowest.release();
        try {
            Await.until(() -> signer.store.writes() - claims == 11);
            assertThat(asked).noneMatch(outcome -> outcome.toCompletableFuture().isDone());
        } finally {
            busy.countDown();
        }
        writer.toCompletableFuture().join();
        List<Long> recorded = asked.stream()
                .map(outcome -> signed(outcome).auditIndex().orElseThrow())
                .toList();
        assertThat(recorded).isSorted();
    }

    @Test
    void aThousandBlocksThatWaitForTheLowestAreAllSigned() {
        SlowSignature lowest = SlowSignature.of(signer);
        var asked = sign(1_000, lowest);
        Await.until(() -> signer.signatures() == 1_000);
        lowest.release();

        assertThat(asked).allSatisfy(outcome -> assertThat(signed(outcome)).isNotNull());
    }

    @Test
    void noBlockIsKeptAboveOneThatTheTokenDidNotSign() {
        SlowSignature lowest = SlowSignature.of(signer);
        var asked = sign(3, lowest);
        Await.until(() -> signer.signatures() == 3);
        lowest.fail(new StoreFault("made to fail", null));

        assertThatThrownBy(() -> outcome(asked.get(0))).hasCauseInstanceOf(StoreFault.class);
        assertRefusedAbove(0, asked.get(1));
        assertRefusedAbove(1, asked.get(2));
        assertThat(signer.held(CHAIN, 2).signature()).isEmpty();
        assertThat(sign(3)).allSatisfy(outcome -> assertThat(signed(outcome)).isNotNull());
    }

    @Test
    void noBlockIsKeptAboveOneWhoseSignatureTheStoreDidNotKeep() {
        SlowSignature lowest = SlowSignature.of(signer);
        var asked = sign(3, lowest);
        Await.until(() -> signer.signatures() == 3);
        signer.store.failOnce(FaultyStore.Fault.LOST);
        lowest.release();

        assertThatThrownBy(() -> outcome(asked.get(0)))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreFault.class);
        assertRefusedAbove(0, asked.get(1));
        assertRefusedAbove(1, asked.get(2));
        assertThat(signer.held(CHAIN, 1).signature()).isEmpty();
    }

    private static void assertRefusedAbove(long below, CompletionStage<SigningOutcome> asked) {
        assertThat(outcome(asked))
                .isEqualTo(
                        new Refusal.PredecessorUnsigned(new Height(below), SoftwareChain.hash(CHAIN.value(), below)));
    }

    private List<CompletionStage<SigningOutcome>> sign(int blocks) {
        return sign(0, blocks).toList();
    }

    /** The token is at the lowest before the others come: two of its sessions may overtake one another. */
    private List<CompletionStage<SigningOutcome>> sign(int blocks, SlowSignature lowest) {
        List<CompletionStage<SigningOutcome>> asked = new ArrayList<>(sign(1));
        lowest.awaitBegun();
        asked.addAll(sign(1, blocks).toList());
        return asked;
    }

    private Stream<CompletionStage<SigningOutcome>> sign(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(height -> signer.signer().sign(TestSigner.request(CHAIN, block(height))));
    }

    private static BlockRequest block(long height) {
        return new BlockRequest(
                new Height(height),
                height == 0 ? BlockHash.zeros(32) : SoftwareChain.hash(CHAIN.value(), height - 1),
                SoftwareChain.hash(CHAIN.value(), height));
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static SigningOutcome outcome(CompletionStage<SigningOutcome> asked) {
        return asked.toCompletableFuture().join();
    }

    private static SignedBlock signed(CompletionStage<SigningOutcome> asked) {
        return ((Signed) outcome(asked)).block();
    }
}
