package org.sealkeeper.merkle;

/**
 * A tree of a certain size, read from its tiles.
 *
 * @param size of the tree; of each tile only what lies within is asked for
 */
public record TiledTree(long size, TileReader tiles) implements HashReader {

    @Override
    public TreeHash node(int level, long index) {
        int tileLevel = level / TileId.HEIGHT;
        int height = level % TileId.HEIGHT;
        long first = index << height;
        long tile = first / TileId.FULL_WIDTH;
        int width = TileId.widthIn(size, tileLevel, tile);
        int offset = (int) (first % TileId.FULL_WIDTH);
        int count = 1 << height;
        if (offset + count > width) {
            throw new IllegalArgumentException("expected a complete subtree of a tree of size " + size
                    + ", found level " + level + ", index " + index);
        }
        return perfect(tiles.hashes(new TileId(tileLevel, tile, width)), offset, count);
    }

    public TreeHash root() {
        return root(0, size);
    }

    /** The root over {@code count} hashes, a power of two, that lie side by side. */
    static TreeHash perfect(byte[] hashes, int offset, int count) {
        if (count == 1) {
            return TreeHash.of(hashes, offset * TreeHash.BYTES, TreeHash.BYTES);
        }
        int half = count / 2;
        return TreeHash.ofChildren(perfect(hashes, offset, half), perfect(hashes, offset + half, half));
    }
}
