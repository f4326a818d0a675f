package org.sealkeeper.merkle;

import java.util.Map;
import java.util.TreeMap;

/** A log's tiles as they are on a disk: the full ones never change, the partial ones are of the last append. */
final class MapOfTiles {
    final Map<String, byte[]> full = new TreeMap<>();
    private final Map<String, byte[]> partial = new TreeMap<>();
    private final GrowingTiles growing;

    MapOfTiles() {
        this.growing = new GrowingTiles();
    }

    /** The tiles of the first entries of a {@link NaiveTree}. */
    static MapOfTiles ofSize(int size) {
        var tiles = new MapOfTiles();
        tiles.append(0, size);
        return tiles;
    }

    /** Goes on from another one's tiles, as after a restart. */
    MapOfTiles(MapOfTiles before) {
        this.full.putAll(before.full);
        this.growing = GrowingTiles.of(before.tree());
    }

    /** Appends the leaves of these entries of a {@link NaiveTree}. */
    void append(int from, int to) {
        for (int i = from; i < to; i++) {
            growing.append(TreeHash.ofLeaf(NaiveTree.entry(i)), (tile, hashes) -> {
                if (full.put(tile.path(), hashes) != null) {
                    throw new IllegalStateException(tile.path() + " was given out twice");
                }
            });
        }
        partial.clear();
        growing.partials().forEach(tile -> partial.put(tile.tile().path(), tile.hashes()));
    }

    Map<String, byte[]> partials() {
        return partial;
    }

    TreeHash grownRoot() {
        return growing.root();
    }

    /** Reads what there is and nothing else. */
    TiledTree tree() {
        return new TiledTree(growing.size(), tile -> {
            byte[] hashes = tile.isFull() ? full.get(tile.path()) : partial.get(tile.path());
            if (hashes == null) {
                throw new IllegalStateException("there is no " + tile.path());
            }
            return hashes;
        });
    }
}
