package org.sealkeeper.mirror;

import java.util.List;
import org.sealkeeper.merkle.EntryBundle;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TileReader;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.merkle.TreeHash;

/** Reads a log of a certain size; what has not exactly the expected length is refused. */
record LogReader(LogSource source, long size) implements TileReader {

    LogShape shape() {
        return new LogShape(size);
    }

    TiledTree tree() {
        return new TiledTree(size, this);
    }

    @Override
    public byte[] hashes(TileId tile) {
        LogFile file = LogFile.tile(tile);
        byte[] hashes = source.read(file);
        if (hashes.length != tile.width() * TreeHash.BYTES) {
            throw new InvalidLog(file.path(), "expected " + file.maxBytes() + " bytes, found " + hashes.length);
        }
        return hashes;
    }

    /** The entries of the bundle of this index. */
    List<byte[]> bundle(long index) {
        TileId tile = shape().leafTile(index);
        return entries(tile, source.read(LogFile.entries(tile)));
    }

    static List<byte[]> entries(TileId tile, byte[] bundle) {
        try {
            List<byte[]> entries = EntryBundle.decode(bundle);
            if (entries.size() != tile.width()) {
                throw new InvalidLog(
                        tile.entriesPath(), "expected " + tile.width() + " entries, found " + entries.size());
            }
            return entries;
        } catch (IllegalArgumentException e) {
            throw new InvalidLog(tile.entriesPath(), String.valueOf(e.getMessage()));
        }
    }

    byte[] entry(long index) {
        return bundle(index / TileId.FULL_WIDTH).get((int) (index % TileId.FULL_WIDTH));
    }
}
