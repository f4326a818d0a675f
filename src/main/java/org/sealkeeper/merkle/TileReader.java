package org.sealkeeper.merkle;

/** Gives the hashes of tiles. */
@FunctionalInterface
public interface TileReader {

    /** The hashes of the tile, one after the other: 32 bytes for each of its width. */
    byte[] hashes(TileId tile);
}
