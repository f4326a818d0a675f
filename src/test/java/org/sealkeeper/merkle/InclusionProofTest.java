package org.sealkeeper.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every inclusion proof of every tree of up to 70 leaves, right and wrong. */
class InclusionProofTest {
    private static final int MAX = 70;
    private static final NaiveTree ALL = NaiveTree.ofSize(MAX);
    private static final List<TreeHash> ROOTS = IntStream.rangeClosed(0, MAX)
            .mapToObj(size -> ALL.first(size).root())
            .toList();
    private static final TiledTree TILES = MapOfTiles.ofSize(MAX).tree();
    private static final List<InclusionProof> PROOFS = IntStream.rangeClosed(1, MAX)
            .boxed()
            .flatMap(size -> IntStream.range(0, size).mapToObj(index -> InclusionProof.of(index, size, TILES)))
            .toList();

    @Test
    void everyProofIsWhatTheRfcDefinesAndProves() {
        assertThat(PROOFS).hasSize(MAX * (MAX + 1) / 2);
        forEveryProof((proof, root) -> {
            NaiveTree tree = ALL.first(Math.toIntExact(proof.size()));
            assertThat(proof.hashes()).isEqualTo(tree.path(Math.toIntExact(proof.index())));
            assertThat(proof.proves(leaf(proof.index()), root)).isTrue();
        });
    }

    @Test
    void noProofWithOneWrongHashProves() {
        forEveryProof((proof, root) -> {
            for (List<TreeHash> hashes : Altered.allOf(proof.hashes())) {
                var altered = new InclusionProof(proof.index(), proof.size(), hashes);
                assertThat(altered.proves(leaf(proof.index()), root))
                        .as("%s", altered)
                        .isFalse();
            }
        });
    }

    @Test
    void noProofProvesAtAnotherIndex() {
        forEveryProof((proof, root) -> {
            for (long other = 0; other < proof.size(); other++) {
                assertThat(new InclusionProof(other, proof.size(), proof.hashes()).proves(leaf(proof.index()), root))
                        .as("%s at %s", proof, other)
                        .isEqualTo(other == proof.index());
            }
        });
    }

    @Test
    void noProofProvesInATreeOfTwiceOrHalfTheSize() {
        forEveryProof((proof, root) -> {
            TreeHash leaf = leaf(proof.index());
            assertThat(new InclusionProof(proof.index(), proof.size() * 2, proof.hashes()).proves(leaf, root))
                    .isFalse();
            if (proof.index() < proof.size() / 2) {
                assertThat(new InclusionProof(proof.index(), proof.size() / 2, proof.hashes()).proves(leaf, root))
                        .isFalse();
            }
        });
    }

    @Test
    void noProofProvesAnotherLeafOrToAnotherRoot() {
        forEveryProof((proof, root) -> {
            assertThat(proof.proves(leaf(proof.index() + 1), root)).isFalse();
            assertThat(proof.proves(leaf(proof.index()), Altered.flipped(root, 255)))
                    .isFalse();
            assertThat(proof.proves(leaf(proof.index()), TreeHash.EMPTY_ROOT)).isFalse();
        });
    }

    @Test
    void anIndexOutsideTheTreeIsRefused() {
        for (long[] pair : new long[][] {{0, 0}, {1, 1}, {-1, 1}, {5, 4}, {0, -1}, {Long.MAX_VALUE, Long.MAX_VALUE}}) {
            assertThatThrownBy(() -> new InclusionProof(pair[0], pair[1], List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found " + pair[0]);
            assertThatThrownBy(() -> InclusionProof.of(pair[0], pair[1], (level, index) -> TreeHash.EMPTY_ROOT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theLargestTreeOfAllIsProvenIn63Hashes() {
        for (long index : new long[] {0, 1, 1L << 62, Long.MAX_VALUE - 1}) {
            TreeHash same = TreeHash.EMPTY_ROOT;
            InclusionProof proof = InclusionProof.of(index, Long.MAX_VALUE, (level, node) -> same);
            assertThat(proof.hashes().size()).isLessThanOrEqualTo(63);
            assertThat(proof.proves(same, same)).isFalse();
        }
    }

    private static void forEveryProof(BiConsumer<InclusionProof, TreeHash> check) {
        for (InclusionProof proof : PROOFS) {
            check.accept(proof, ROOTS.get(Math.toIntExact(proof.size())));
        }
    }

    private static TreeHash leaf(long index) {
        return TreeHash.ofLeaf(NaiveTree.entry(Math.toIntExact(index)));
    }
}
