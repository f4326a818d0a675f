package org.sealkeeper.merkle;

/**
 * A tree of a certain size, read from its tiles.
 *
 * @param size of the tree; of each tile only what lies within is asked for
 */
public record TiledTree(long size, TileReader tiles) implements HashReader {

    public TiledTree {
        if (size < 0) {
            throw new IllegalArgumentException("expected a tree of size 0 or more, found " + size);
        }
    }

    @Override
    public TreeHash node(int level, long index) {
        if (level < 0 || level >= Long.SIZE || index < 0 || index >= (size >> level)) {
            throw new IllegalArgumentException("expected a complete subtree of a tree of size " + size
                    + ", found level " + level + ", index " + index);
        }
        int tileLevel = level / TileId.HEIGHT;
        int height = level % TileId.HEIGHT;
        long first = index << height;
        long tile = first / TileId.FULL_WIDTH;
        int width = TileId.widthIn(size, tileLevel, tile);
        int offset = (int) (first % TileId.FULL_WIDTH);
        return perfect(hashes(new TileId(tileLevel, tile, width)), offset, 1 << height);
    }

    /** What the reader gives; a tile that is too short must not pass for one that ends in zeros. */
    byte[] hashes(TileId tile) {
        byte[] hashes = tiles.hashes(tile);
        if (hashes.length != tile.width() * TreeHash.BYTES) {
            throw new IllegalArgumentException("expected " + tile.width() * TreeHash.BYTES + " bytes of " + tile.path()
                    + ", found " + hashes.length);
        }
        return hashes;
    }

    public TreeHash root() {
        return root(0, size);
    }

    /** The hash that a full tile is in the level above: the root over its 256 hashes. */
    public static TreeHash rootOf(byte[] fullTile) {
        if (fullTile.length != TileId.FULL_WIDTH * TreeHash.BYTES) {
            throw new IllegalArgumentException("expected a full tile, found " + fullTile.length + " bytes");
        }
        return perfect(fullTile, 0, TileId.FULL_WIDTH);
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
