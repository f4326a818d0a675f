package org.sealkeeper.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every consistency proof between trees of up to 66 leaves, right and wrong. */
class ConsistencyProofTest {
    private static final int MAX = 66;
    private static final NaiveTree ALL = NaiveTree.ofSize(MAX);
    private static final List<TreeHash> ROOTS = IntStream.rangeClosed(0, MAX)
            .mapToObj(size -> ALL.first(size).root())
            .toList();
    private static final TiledTree TILES = MapOfTiles.ofSize(MAX).tree();
    private static final List<ConsistencyProof> PROOFS = IntStream.rangeClosed(1, MAX)
            .boxed()
            .flatMap(newSize ->
                    IntStream.rangeClosed(1, newSize).mapToObj(oldSize -> ConsistencyProof.of(oldSize, newSize, TILES)))
            .toList();

    @Test
    void everyProofIsWhatTheRfcDefinesAndProves() {
        assertThat(PROOFS).hasSize(MAX * (MAX + 1) / 2).allSatisfy(proof -> {
            assertThat(proof.hashes())
                    .isEqualTo(ALL.first(Math.toIntExact(proof.newSize())).proof(Math.toIntExact(proof.oldSize())));
            assertThat(proof.proves(oldRoot(proof), newRoot(proof))).isTrue();
        });
    }

    @Test
    void noProofWithOneWrongHashProves() {
        PROOFS.forEach(proof -> {
            for (List<TreeHash> hashes : Altered.allOf(proof.hashes())) {
                var altered = new ConsistencyProof(proof.oldSize(), proof.newSize(), hashes);
                assertThat(altered.proves(oldRoot(proof), newRoot(proof)))
                        .as("%s", altered)
                        .isFalse();
            }
        });
    }

    @Test
    void noProofProvesFromAnotherOldSize() {
        PROOFS.stream().filter(proof -> proof.newSize() <= 40).forEach(proof -> {
            for (long other = 0; other <= proof.newSize(); other++) {
                var moved = new ConsistencyProof(other, proof.newSize(), proof.hashes());
                assertThat(moved.proves(oldRoot(proof), newRoot(proof)))
                        .as("%s as %s", proof, moved)
                        .isEqualTo(other == proof.oldSize());
            }
        });
    }

    @Test
    void noProofProvesToTwiceTheNewSize() {
        PROOFS.forEach(proof -> assertThat(new ConsistencyProof(proof.oldSize(), proof.newSize() * 2, proof.hashes())
                        .proves(oldRoot(proof), newRoot(proof)))
                .as("%s", proof)
                .isFalse());
    }

    @Test
    void noProofProvesOtherRoots() {
        PROOFS.forEach(proof -> {
            TreeHash oldRoot = oldRoot(proof);
            TreeHash newRoot = newRoot(proof);
            assertThat(proof.proves(Altered.flipped(oldRoot, 0), newRoot)).isFalse();
            assertThat(proof.proves(oldRoot, Altered.flipped(newRoot, 0))).isFalse();
            assertThat(proof.proves(newRoot, oldRoot)).isEqualTo(proof.oldSize() == proof.newSize());
            assertThat(proof.proves(oldRoot, oldRoot)).isEqualTo(proof.oldSize() == proof.newSize());
        });
    }

    @Test
    void nothingIsProvenFromTheEmptyTree() {
        ConsistencyProof proof = ConsistencyProof.of(0, 5, TILES);
        assertThat(proof.hashes()).isEmpty();
        assertThat(proof.proves(TreeHash.EMPTY_ROOT, ROOTS.get(5))).isFalse();
        assertThat(new ConsistencyProof(0, 0, List.of()).proves(TreeHash.EMPTY_ROOT, TreeHash.EMPTY_ROOT))
                .isFalse();
    }

    @Test
    void aTreeThatShrinksIsRefused() {
        for (long[] pair : new long[][] {{5, 4}, {-1, 4}, {0, -1}, {Long.MIN_VALUE, Long.MAX_VALUE}}) {
            assertThatThrownBy(() -> new ConsistencyProof(pair[0], pair[1], List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found " + pair[0]);
        }
    }

    @Test
    void theLargestTreeOfAllTakesAtMost64Hashes() {
        for (long oldSize : new long[] {1, 3, 1L << 62, (1L << 62) + 1, Long.MAX_VALUE - 1}) {
            ConsistencyProof proof =
                    ConsistencyProof.of(oldSize, Long.MAX_VALUE, (level, index) -> TreeHash.EMPTY_ROOT);
            assertThat(proof.hashes()).hasSizeBetween(1, 64);
        }
    }

    private static TreeHash oldRoot(ConsistencyProof proof) {
        return ROOTS.get(Math.toIntExact(proof.oldSize()));
    }

    private static TreeHash newRoot(ConsistencyProof proof) {
        return ROOTS.get(Math.toIntExact(proof.newSize()));
    }
}
