package org.sealkeeper.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a growing tree, as tiles: gives out each tile once, when it is full. Not safe for use by many threads.
 */
public final class GrowingTiles {
    private final List<Edge> edges = new ArrayList<>();
    private final CompactRange range;

    /** The tiles of the tree without leaves. */
    public GrowingTiles() {
        this.range = new CompactRange();
    }

    private GrowingTiles(TiledTree tree) {
        this.range = CompactRange.of(tree.size(), tree);
        for (int level = 0; level * TileId.HEIGHT < Long.SIZE && tree.size() >> (level * TileId.HEIGHT) > 0; level++) {
            long index = (tree.size() >> (level * TileId.HEIGHT)) / TileId.FULL_WIDTH;
            int width = TileId.widthIn(tree.size(), level, index);
            edges.add(new Edge(level, index, width == 0 ? new byte[0] : tree.hashes(new TileId(level, index, width))));
        }
    }

    /** Goes on from a tree whose tiles can be read. */
    public static GrowingTiles of(TiledTree tree) {
        return new GrowingTiles(tree);
    }

    /** Takes each tile as it becomes full. */
    @FunctionalInterface
    public interface FullTiles {
        void add(TileId tile, byte[] hashes);
    }

    public void append(TreeHash leaf, FullTiles full) {
        range.append(leaf);
        TreeHash hash = leaf;
        for (int level = 0; ; level++) {
            if (level == edges.size()) {
                edges.add(new Edge(level, 0, new byte[0]));
            }
            Edge edge = edges.get(level);
            edge.append(hash);
            if (edge.width < TileId.FULL_WIDTH) {
                return;
            }
            var tile = new TileId(level, edge.index, TileId.FULL_WIDTH);
            full.add(tile, edge.hashes());
            hash = TiledTree.rootOf(edge.hashes);
            edges.set(level, new Edge(level, edge.index + 1, new byte[0]));
        }
    }

    public long size() {
        return range.size();
    }

    public TreeHash root() {
        return range.root();
    }

    /** The tiles that are not full yet, as they are now; without those that are empty. */
    public List<Partial> partials() {
        return edges.stream()
                .filter(edge -> edge.width > 0)
                .map(edge -> new Partial(new TileId(edge.level, edge.index, edge.width), edge.hashes()))
                .toList();
    }

    /** A tile that is not full yet, and its hashes. */
    public static final class Partial {
        private final TileId tile;
        private final byte[] hashes;

        private Partial(TileId tile, byte[] hashes) {
            this.tile = tile;
            this.hashes = hashes;
        }

        public TileId tile() {
            return tile;
        }

        public byte[] hashes() {
            return hashes.clone();
        }
    }

    /** The one tile of a level that still grows. */
    private static final class Edge {
        private final int level;
        private final long index;
        private final byte[] hashes;
        private int width;

        Edge(int level, long index, byte[] hashes) {
            this.level = level;
            this.index = index;
            this.hashes = Arrays.copyOf(hashes, TileId.FULL_WIDTH * TreeHash.BYTES);
            this.width = hashes.length / TreeHash.BYTES;
        }

        void append(TreeHash hash) {
            hash.copyTo(hashes, width * TreeHash.BYTES);
            width++;
        }

        byte[] hashes() {
            return Arrays.copyOf(hashes, width * TreeHash.BYTES);
        }
    }
}
