package org.sealkeeper.mirror;

import org.sealkeeper.merkle.TileId;

/** Which tiles and bundles a log of a certain size consists of: each as wide as it can be, and no others. */
public record LogShape(long size) {
    private static final String TILES = "tile/";
    private static final String ENTRIES = "entries";

    /** Whether the log has the tile or bundle of this path. */
    public boolean has(String path) {
        String[] parts = path.split("/", 3);
        if (!path.startsWith(TILES) || parts.length < 3) {
            return false;
        }
        try {
            int level = parts[1].equals(ENTRIES) ? 0 : Integer.parseInt(parts[1]);
            TileId tile = TileId.parse(level, parts[2]);
            String spelled = parts[1].equals(ENTRIES) ? tile.entriesPath() : tile.path();
            return spelled.equals(path) && tile.width() == TileId.widthIn(size, level, tile.index());
        } catch (IllegalArgumentException notATile) {
            return false;
        }
    }

    /** How many bundles of entries. */
    public long bundles() {
        return Math.ceilDiv(size, TileId.FULL_WIDTH);
    }

    /** How many tiles, of all levels. */
    public long tiles() {
        long tiles = 0;
        for (long hashes = size; hashes > 0; hashes /= TileId.FULL_WIDTH) {
            tiles += Math.ceilDiv(hashes, TileId.FULL_WIDTH);
        }
        return tiles;
    }

    /** The tile of level 0 of this index. */
    TileId leafTile(long index) {
        return new TileId(0, index, TileId.widthIn(size, 0, index));
    }
}
