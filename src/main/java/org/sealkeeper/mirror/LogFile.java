package org.sealkeeper.mirror;

import org.sealkeeper.merkle.EntryBundle;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TreeHash;

/**
 * One file of a log (C2SP tlog-tiles).
 *
 * @param path below the URL of the log, and below the folder of its mirror
 * @param maxBytes no such file is longer
 */
public record LogFile(String path, int maxBytes) {
    /** The newest checkpoint, a signed note. */
    public static final LogFile CHECKPOINT = new LogFile("checkpoint", Note.MAX_BYTES);
    /** The newest checkpoint with cosignatures of witnesses under it; many logs have none. */
    public static final LogFile COSIGNED = new LogFile("cosigned", Note.MAX_BYTES);

    /** The hashes of a tile. */
    public static LogFile tile(TileId tile) {
        return new LogFile(tile.path(), tile.width() * TreeHash.BYTES);
    }

    /** The entries whose hashes a tile of level 0 holds. */
    public static LogFile entries(TileId tile) {
        return new LogFile(tile.entriesPath(), tile.width() * (Short.BYTES + EntryBundle.MAX_ENTRY_BYTES));
    }
}
