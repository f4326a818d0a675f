package org.sealkeeper.ledger.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.Handover;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Store;

class ChainGuardTest {
    private static final ChainName NAME = new ChainName("lab-a");
    private static final String NODE = "urn:sealkeeper:node:node-a";
    private static final BlockHash ZEROS = BlockHash.zeros(32);

    @TempDir
    Path folder;

    private Store store;
    private final BlocksUnderWay underWay = new BlocksUnderWay();

    @BeforeEach
    void openStore() {
        Path file = folder.resolve("sealkeeper.db");
        Store.create(new StoreLocation.Embedded(file));
        store = Store.open(new StoreLocation.Embedded(file));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void nothingAboveTheCeilingIsClaimedAndWhatWasSignedThereBeforeIsReplayed() {
        var refused = new Refusal.HeightAboveCeiling(new Height(0));
        claim(contiguous(), 0, ZEROS, hash('a'));
        assertThat(claim(withCeiling(0), 0, ZEROS, hash('a'))).isInstanceOf(Ruling.Replayed.class);
        assertThat(claim(withCeiling(0), 1, hash('a'), hash('b'))).isEqualTo(refused);
        assertThat(claim(withCeiling(0), 7, hash('a'), hash('b'))).isEqualTo(refused);

        claim(contiguous(), 1, hash('a'), hash('b'));
        assertThat(claim(withCeiling(0), 1, hash('a'), hash('b'))).isEqualTo(refused);
        keep(1, signature("kept"));
        assertThat(claim(withCeiling(0), 1, hash('a'), hash('b'))).isInstanceOf(Ruling.Replayed.class);
        assertThat(claim(withCeiling(0), 1, hash('a'), hash('c')))
                .isEqualTo(new Refusal.ConflictingBlock(new Height(1), hash('b')));
    }

    @Test
    void aChainThatACommandClosesIsClosedFromTheNextTransactionOn() {
        claim(contiguous(), 0, ZEROS, hash('a'));
        keep(0, signature("kept"));
        claim(contiguous(), 1, hash('a'), hash('b'));
        var to = new Origin("lab-b.example/sealkeeper");
        try (Store command = Store.open(new StoreLocation.Embedded(folder.resolve("sealkeeper.db")))) {
            boolean _ = command.commit(rows -> {
                ChainTops.of(rows).handOver(NAME, new Handover(1, Handover.Direction.AWAY, to, 0, Instant.EPOCH));
                return true;
            });
        }

        assertThat(claim(contiguous(), 2, hash('b'), hash('c'))).isEqualTo(new Refusal.ChainClosed(to));
        assertThat(claim(contiguous(), 1, hash('a'), hash('b'))).isEqualTo(new Refusal.ChainClosed(to));
        assertThat(claim(contiguous(), 0, ZEROS, hash('a'))).isInstanceOf(Ruling.Replayed.class);
        assertThat(claim(contiguous(), 0, ZEROS, hash('c'))).isInstanceOf(Refusal.ConflictingBlock.class);
    }

    @Test
    void whereOthersHaveEveryOtherTurnItDecidesAsItDoesAlone() {
        claim(contiguous(), 0, ZEROS, hash('a'));
        BlocksUnderWay.Turn given = underWay.turn(NAME, new Height(0));
        given.begin();
        given.end(false);
        othersHaveATurn();
        assertThat(claim(contiguous(), 1, hash('a'), hash('b')))
                .isEqualTo(new Refusal.PredecessorUnsigned(new Height(0), hash('a')));
        keep(0, signature("kept"));
        othersHaveATurn();
        assertThat(claim(contiguous(), 2, hash('a'), hash('b'))).isEqualTo(new Refusal.HeightGap(new Height(1)));
        assertThat(claim(contiguous(), 1, hash('a'), hash('b'))).isInstanceOf(Ruling.Claimed.class);
        othersHaveATurn();
        assertThat(claim(contiguous(), 1, hash('a'), hash('c')))
                .isEqualTo(new Refusal.ConflictingBlock(new Height(1), hash('b')));
        assertThat(claim(contiguous(), 0, ZEROS, hash('a'))).isInstanceOf(Ruling.Replayed.class);
    }

    private void othersHaveATurn() {
        try (Store others = Store.open(new StoreLocation.Embedded(folder.resolve("sealkeeper.db")))) {
            int _ = others.commit(rows -> rows.update("UPDATE heartbeat SET beat_at = beat_at || 'x'"));
        }
    }

    @Test
    void aChainStartsAtGenesisWithALinkOfZeros() {
        assertThat(claim(contiguous(), 0, hash('9'), hash('a')))
                .isEqualTo(new Refusal.BrokenLink(new Height(0), ZEROS));
        assertThat(claim(contiguous(), 1, ZEROS, hash('a'))).isEqualTo(new Refusal.HeightGap(new Height(0)));
        assertThat(claim(contiguous(), 0, ZEROS, hash('a'))).isInstanceOf(Ruling.Claimed.class);
    }

    @Test
    void nothingIsClaimedAboveAClaimThatNoRequestIsAboutToSign() {
        claim(contiguous(), 0, ZEROS, hash('a'));
        BlocksUnderWay.Turn again = underWay.turn(NAME, new Height(0));
        again.begin();
        again.end(false);

        assertThat(claim(contiguous(), 1, hash('a'), hash('b')))
                .isEqualTo(new Refusal.PredecessorUnsigned(new Height(0), hash('a')));
        assertThat(claim(contiguous(), 0, ZEROS, hash('a'))).isInstanceOf(Ruling.Replayed.class);
    }

    @Test
    void aBlockExtendsTheHeadOrIsRefusedForItsReason() {
        claim(contiguous(), 0, ZEROS, hash('a'));
        claim(contiguous(), 1, hash('a'), hash('b'));

        assertThat(claim(contiguous(), 1, hash('a'), hash('c')))
                .isEqualTo(new Refusal.ConflictingBlock(new Height(1), hash('b')));
        assertThat(claim(contiguous(), 0, ZEROS, hash('c')))
                .isEqualTo(new Refusal.ConflictingBlock(new Height(0), hash('a')));
        assertThat(claim(contiguous(), 1, hash('9'), hash('b')))
                .isEqualTo(new Refusal.BrokenLink(new Height(1), hash('a')));
        assertThat(claim(contiguous(), 2, hash('a'), hash('c')))
                .isEqualTo(new Refusal.BrokenLink(new Height(2), hash('b')));
        assertThat(claim(contiguous(), 3, hash('b'), hash('c'))).isEqualTo(new Refusal.HeightGap(new Height(2)));
        assertThat(claim(contiguous(), Height.MAX, hash('b'), hash('c')))
                .isEqualTo(new Refusal.HeightGap(new Height(2)));
        assertThat(claim(contiguous(), 2, hash('b'), hash('c'))).isInstanceOf(Ruling.Claimed.class);
    }

    @Test
    void aReplayFindsTheClaimAsItWasMade() {
        var first = (Ruling.Claimed) claim(contiguous(), 0, ZEROS, hash('a'), Instant.EPOCH);
        var again = claim(contiguous(), 0, ZEROS, hash('a'), Instant.EPOCH.plusSeconds(60));

        assertThat(again).isEqualTo(new Ruling.Replayed(first.block()));
    }

    @Test
    void anAnchoredChainStartsAboveItsAnchor() {
        Chain chain = chain(Sequence.CONTIGUOUS, 121, hash('9'));

        assertThat(claim(chain, 0, ZEROS, hash('a'))).isEqualTo(new Refusal.HeightRegression(new Height(121)));
        assertThat(claim(chain, 120, hash('8'), hash('9'))).isEqualTo(new Refusal.HeightRegression(new Height(121)));
        assertThat(claim(chain, 122, hash('9'), hash('a'))).isEqualTo(new Refusal.HeightGap(new Height(121)));
        assertThat(claim(chain, 121, ZEROS, hash('a'))).isEqualTo(new Refusal.BrokenLink(new Height(121), hash('9')));
        assertThat(claim(chain, 121, hash('9'), hash('a'))).isInstanceOf(Ruling.Claimed.class);
        assertThat(claim(chain, 120, hash('8'), hash('9'))).isEqualTo(new Refusal.HeightRegression(new Height(121)));
    }

    @Test
    void anIncreasingChainMaySkipHeightsButNeverGoesBack() {
        Chain chain = chain(Sequence.INCREASING, 0, ZEROS);

        assertThat(claim(chain, 5, hash('4'), hash('5'))).isInstanceOf(Ruling.Claimed.class);
        assertThat(claim(chain, 4, hash('3'), hash('4'))).isEqualTo(new Refusal.HeightRegression(new Height(5)));
        assertThat(claim(chain, 5, hash('4'), hash('6')))
                .isEqualTo(new Refusal.ConflictingBlock(new Height(5), hash('5')));
        assertThat(claim(chain, 6, hash('4'), hash('6'))).isEqualTo(new Refusal.BrokenLink(new Height(6), hash('5')));
        assertThat(claim(chain, 6, hash('5'), hash('6'))).isInstanceOf(Ruling.Claimed.class);
        assertThat(claim(chain, Height.MAX, hash('7'), hash('8'))).isInstanceOf(Ruling.Claimed.class);
    }

    @Test
    void anIncreasingChainChecksTheLinkOfItsVeryFirstHeight() {
        Chain chain = chain(Sequence.INCREASING, 121, hash('9'));

        assertThat(claim(chain, 120, hash('8'), hash('9'))).isEqualTo(new Refusal.HeightRegression(new Height(121)));
        assertThat(claim(chain, 121, ZEROS, hash('a'))).isEqualTo(new Refusal.BrokenLink(new Height(121), hash('9')));
        assertThat(claim(chain, 130, hash('8'), hash('a'))).isInstanceOf(Ruling.Claimed.class);
    }

    @Test
    void ofTwoRacingBlocksExactlyOneIsEverClaimed() throws Exception {
        BlockHash link = ZEROS;
        try (ExecutorService racers = Executors.newFixedThreadPool(2)) {
            for (int height = 0; height < 300; height++) {
                var left = numbered(2 * height);
                var right = numbered(2 * height + 1);
                var start = new CyclicBarrier(2);
                int at = height;
                BlockHash below = link;
                var first = racers.submit(() -> race(start, at, below, left));
                var second = racers.submit(() -> race(start, at, below, right));
                var rulings = List.of(first.get(), second.get());

                assertThat(rulings).filteredOn(Ruling.Claimed.class::isInstance).hasSize(1);
                assertThat(rulings)
                        .filteredOn(Refusal.ConflictingBlock.class::isInstance)
                        .hasSize(1);
                link = rulings.getFirst() instanceof Ruling.Claimed ? left : right;
            }
        }
    }

    @Test
    void aSignatureIsKeptOnceAndNeverReplaced() {
        claim(contiguous(), 0, ZEROS, hash('a'));
        var first = signature("first");
        var second = new KeptSignature(
                new KeyId("l".repeat(43)),
                SigningAlgorithm.ES384,
                "second",
                Optional.empty(),
                OptionalLong.of(2),
                Optional.empty());

        keep(0, first);
        assertThat(kept()).isEqualTo(first);
        assertThatThrownBy(() -> keep(0, second)).hasMessageContaining("expected an unsigned claim");
        assertThat(kept()).isEqualTo(first);
    }

    private static KeptSignature signature(String jws) {
        return new KeptSignature(
                new KeyId("k".repeat(43)),
                SigningAlgorithm.ES256,
                jws,
                Optional.empty(),
                OptionalLong.of(1),
                Optional.empty());
    }

    private void keep(long height, KeptSignature signature) {
        done(store.write(rows -> {
            ChainTops.of(rows).keepSignature(NAME, new Height(height), signature);
            return signature;
        }));
    }

    private KeptSignature kept() {
        return store.read(rows -> new BlockTable(rows).block(NAME, new Height(0)))
                .flatMap(BlockRecord::signature)
                .orElseThrow();
    }

    private Ruling race(CyclicBarrier start, int height, BlockHash link, BlockHash hash) throws Exception {
        start.await();
        return claim(contiguous(), height, link, hash);
    }

    private Ruling claim(Chain chain, long height, BlockHash previous, BlockHash hash) {
        return claim(chain, height, previous, hash, Instant.EPOCH);
    }

    private Ruling claim(Chain chain, long height, BlockHash previous, BlockHash hash, Instant at) {
        var request = new BlockRequest(new Height(height), previous, hash);
        var statement = new BlockStatement(NAME, new Height(height), previous, hash, at);
        var proposed = new BlockRecord(statement, NODE, Optional.empty());
        Ruling ruling =
                done(store.write(rows -> ChainGuard.rule(ChainTops.of(rows), chain, request, proposed, underWay)));
        if (ruling instanceof Ruling.Claimed) {
            underWay.turn(NAME, new Height(height)).begin();
        }
        return ruling;
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Chain contiguous() {
        return chain(Sequence.CONTIGUOUS, 0, ZEROS);
    }

    private static Chain chain(Sequence sequence, long first, BlockHash link) {
        return new Chain(NAME, null, 32, sequence, new Height(first), link, Optional.empty(), Optional.empty());
    }

    private static Chain withCeiling(long height) {
        return new Chain(
                NAME,
                null,
                32,
                Sequence.CONTIGUOUS,
                new Height(0),
                ZEROS,
                Optional.of(new Height(height)),
                Optional.empty());
    }

    private static BlockHash hash(char digit) {
        return new BlockHash(String.valueOf(digit).repeat(64));
    }

    private static BlockHash numbered(int number) {
        return new BlockHash(String.format("%064x", number + 1));
    }
}
