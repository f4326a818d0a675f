package org.sealkeeper.audit;

import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TileReader;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;

/**
 * The tiles as the store has them: full ones as they are kept, the others computed from what is below.
 *
 * <p>Full tiles are kept together with the first checkpoint that covers them, so this reads trees up to the last checkpoint.
 */
record StoredTiles(Store store) implements TileReader {

    @Override
    public byte[] hashes(TileId tile) {
        return store.read(rows -> hashes(new AuditTable(rows), tile));
    }

    private static byte[] hashes(AuditTable table, TileId tile) throws SQLException {
        if (tile.isFull()) {
            return table.tile(tile.level(), tile.index())
                    .orElseThrow(() -> new StoreFault("the audit log lacks its tile " + tile.path(), null));
        }
        var hashes = new ByteArrayOutputStream();
        long first = tile.index() * TileId.FULL_WIDTH;
        if (tile.level() == 0) {
            for (byte[] entry : table.entries(first, first + tile.width())) {
                hashes.writeBytes(TreeHash.ofLeaf(entry).bytes());
            }
        } else {
            for (long below = first; below < first + tile.width(); below++) {
                byte[] full = hashes(table, new TileId(tile.level() - 1, below, TileId.FULL_WIDTH));
                hashes.writeBytes(TiledTree.rootOf(full).bytes());
            }
        }
        if (hashes.size() != tile.width() * TreeHash.BYTES) {
            throw new StoreFault("the audit log lacks leaves of its tile " + tile.path(), null);
        }
        return hashes.toByteArray();
    }
}
