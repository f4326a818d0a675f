package org.sealkeeper.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link GrowingTiles} and {@link TiledTree}: what one writes, the other reads. */
class GrowingTilesTest {
    private static final int MANY = 70_000;
    private static final NaiveTree ALL = NaiveTree.ofSize(MANY);

    /** 70,000 leaves, the example of C2SP tlog-tiles. */
    private static final MapOfTiles EXAMPLE = MapOfTiles.ofSize(MANY);

    @Test
    void theTilesOfTheSpecificationsExampleAreThere() {
        assertThat(EXAMPLE.full.keySet().stream().filter(path -> path.startsWith("tile/0/")))
                .hasSize(273);
        assertThat(EXAMPLE.full).hasSize(274).containsKeys("tile/0/000", "tile/0/272", "tile/1/000");
        assertThat(EXAMPLE.partials()).containsOnlyKeys("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
        assertThat(EXAMPLE.full.values())
                .allSatisfy(hashes -> assertThat(hashes).hasSize(8_192));
        assertThat(EXAMPLE.partials().get("tile/1/001.p/17")).hasSize(17 * TreeHash.BYTES);
    }

    @Test
    void aTileHoldsTheRootsOfTheSubtreesBelow() {
        byte[] level1 = EXAMPLE.partials().get("tile/1/001.p/17");
        for (int i = 0; i < 17; i++) {
            int from = (256 + i) * 256;
            assertThat(TreeHash.of(level1, i * TreeHash.BYTES, TreeHash.BYTES))
                    .isEqualTo(new NaiveTree(ALL.entries().subList(from, from + 256)).root());
        }
        assertThat(TreeHash.of(EXAMPLE.partials().get("tile/2/000.p/1")))
                .isEqualTo(ALL.first(65_536).root());
    }

    @Test
    void theRootReadAndTheRootGrownAreTheOneDefined() {
        var tiles = new MapOfTiles();
        int before = 0;
        for (int size : new int[] {0, 1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, MANY}) {
            tiles.append(before, size);
            TreeHash root = ALL.first(size).root();
            assertThat(tiles.grownRoot()).as("grown to %d", size).isEqualTo(root);
            assertThat(tiles.tree().root()).as("read at %d", size).isEqualTo(root);
            before = size;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 65_535})
    void growthGoesOnFromEverySizeAsIfItHadNeverStopped(int size) {
        var resumed = new MapOfTiles(MapOfTiles.ofSize(size));
        assertThat(resumed.grownRoot()).isEqualTo(ALL.first(size).root());
        resumed.append(size, size + 300);
        MapOfTiles straight = MapOfTiles.ofSize(size + 300);
        assertThat(resumed.full).containsExactlyEntriesOf(straight.full);
        assertThat(resumed.partials()).containsExactlyInAnyOrderEntriesOf(straight.partials());
        assertThat(resumed.grownRoot()).isEqualTo(straight.grownRoot());
    }

    @Test
    void growthGoesOnOverEverySmallSize() {
        var tiles = new MapOfTiles();
        for (int size = 0; size < 600; size++) {
            tiles = new MapOfTiles(tiles);
            tiles.append(size, size + 1);
        }
        MapOfTiles straight = MapOfTiles.ofSize(600);
        assertThat(tiles.full).containsExactlyEntriesOf(straight.full);
        assertThat(tiles.partials()).containsExactlyInAnyOrderEntriesOf(straight.partials());
        assertThat(tiles.tree().root()).isEqualTo(straight.grownRoot());
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 256, 257, 65_537})
    void proofsOverManyTilesProve(int size) {
        TiledTree readable = MapOfTiles.ofSize(size).tree();
        for (int index : new int[] {0, 1, 127, 254, size / 2, size - 2, size - 1}) {
            InclusionProof proof = InclusionProof.of(index, size, readable);
            assertThat(proof.proves(TreeHash.ofLeaf(NaiveTree.entry(index)), readable.root()))
                    .isTrue();
            assertThat(proof.proves(TreeHash.ofLeaf(NaiveTree.entry(index + 1)), readable.root()))
                    .isFalse();
        }
        for (int old : new int[] {1, 128, 254, 255, size - 1, size}) {
            TreeHash oldRoot = ALL.first(old).root();
            assertThat(ConsistencyProof.of(old, size, readable).proves(oldRoot, readable.root()))
                    .isTrue();
        }
        assertThat(ConsistencyProof.of(size, MANY, EXAMPLE.tree()).proves(readable.root(), EXAMPLE.grownRoot()))
                .isTrue();
    }

    @Test
    void aSubtreeThatIsNotCompleteIsRefused() {
        TiledTree tree = EXAMPLE.tree();
        for (long[] node : new long[][] {
            {0, MANY},
            {4, 4_375},
            {8, 273},
            {16, 1},
            {17, 0},
            {63, 0},
            {64, 0},
            {0, -1},
            {-1, 0},
            {2, 1L << 62},
            {0, Long.MAX_VALUE},
            {7, 1L << 57}
        }) {
            assertThatThrownBy(() -> tree.node(Math.toIntExact(node[0]), node[1]))
                    .as("%s", Arrays.toString(node))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("complete subtree");
        }
    }

    @Test
    void aTileOfAnotherLengthIsRefused() {
        for (int length : new int[] {0, 31, 32, 64, 95, 97, 128}) {
            var tree = new TiledTree(3, tile -> new byte[length]);
            assertThatThrownBy(tree::root)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tile/0/000.p/3");
            assertThatThrownBy(() -> GrowingTiles.of(tree)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTreeHasNoNegativeSize() {
        assertThatThrownBy(() -> new TiledTree(-1, tile -> new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CompactRange.of(-1, (level, index) -> TreeHash.EMPTY_ROOT))
                .isInstanceOf(IllegalArgumentException.class);
        HashReader reader = (level, index) -> TreeHash.EMPTY_ROOT;
        assertThatThrownBy(() -> reader.root(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reader.root(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasGivenOutDoesNotChangeWithFurtherGrowth() {
        var growing = new GrowingTiles();
        growing.append(TreeHash.EMPTY_ROOT, (tile, hashes) -> {});
        List<GrowingTiles.Partial> before = growing.partials();
        IntStream.range(0, 9).forEach(i -> growing.append(TreeHash.EMPTY_ROOT, (tile, hashes) -> {}));
        assertThat(before).hasSize(1);
        assertThat(before.getFirst().hashes()).hasSize(TreeHash.BYTES);
        Arrays.fill(before.getFirst().hashes(), (byte) 0);
        assertThat(before.getFirst().hashes()).isEqualTo(TreeHash.EMPTY_ROOT.bytes());
        assertThat(growing.partials().getFirst().tile().path()).isEqualTo("tile/0/000.p/10");
        assertThat(growing.size()).isEqualTo(10);
    }
}
