package org.sealkeeper.mirror;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.sealkeeper.merkle.GrowingTiles;
import org.sealkeeper.merkle.TreeHash;

/** Builds a tree again from its leaves, and remembers the roots it had at certain sizes. */
final class RebuiltTree {
    private final GrowingTiles tiles;
    private final GrowingTiles.FullTiles sink;
    private final Map<Long, TreeHash> roots = new HashMap<>();
    private final Collection<Long> sizes;

    /**
     * @param tiles where to go on from
     * @param sizes whose roots will be asked for, none below the size of {@code tiles}
     * @param sink takes each tile once: when it is full, or at the end
     */
    RebuiltTree(GrowingTiles tiles, Collection<Long> sizes, GrowingTiles.FullTiles sink) {
        this.tiles = tiles;
        this.sizes = sizes;
        this.sink = sink;
        remember();
    }

    void append(byte[] entry) {
        tiles.append(TreeHash.ofLeaf(entry), sink);
        remember();
    }

    /** Gives out the tiles of the right edge. */
    void end() {
        tiles.partials().forEach(partial -> sink.add(partial.tile(), partial.hashes()));
    }

    /** The root the tree had at one of the sizes, of which it must have come that far. */
    TreeHash rootAt(long size) {
        TreeHash root = roots.get(size);
        if (root == null) {
            throw new IllegalArgumentException("expected a size that was to be remembered, found " + size);
        }
        return root;
    }

    private void remember() {
        if (sizes.contains(tiles.size())) {
            roots.put(tiles.size(), tiles.root());
        }
    }
}
