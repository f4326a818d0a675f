package org.sealkeeper.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.ConsistencyProof;
import org.sealkeeper.merkle.EntryBundle;
import org.sealkeeper.merkle.GrowingTiles;
import org.sealkeeper.merkle.InclusionProof;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TileReader;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.merkle.TlogProof;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Store;

/** The log up to one signed checkpoint: all that may be shown of it. Never changes; safe for use by many threads. */
public final class PublishedLog implements TileReader {
    private final Store store;
    private final TileReader full;
    private final Note note;
    private final Checkpoint checkpoint;
    private final List<GrowingTiles.Partial> partials;

    PublishedLog(Store store, Note note, List<GrowingTiles.Partial> partials) {
        this.store = store;
        this.full = new StoredTiles(store);
        this.note = note;
        this.checkpoint = Checkpoint.parse(note.text());
        this.partials = partials;
    }

    /** The signed checkpoint. */
    public Note note() {
        return note;
    }

    /** What it says. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The hashes of a tile; empty where this log has no such tile, or not so many hashes in it. */
    public Optional<byte[]> tile(TileId tile) {
        return has(tile) ? Optional.of(hashes(tile)) : Optional.empty();
    }

    /** The entries whose hashes a tile of level 0 holds, as a bundle; empty where this log has not so many. */
    public Optional<byte[]> entries(TileId tile) {
        long first = tile.index() * TileId.FULL_WIDTH;
        return tile.level() == 0 && has(tile)
                ? Optional.of(EntryBundle.encode(entries(first, first + tile.width())))
                : Optional.empty();
    }

    /** The entries from one index up to, and without, another; fewer where the log ends. */
    public List<byte[]> entries(long from, long to) {
        return store.read(rows -> new AuditTable(rows).entries(from, Math.min(to, checkpoint.size())));
    }

    /** The proof that an entry is in this log; empty where it is not. */
    public Optional<TlogProof> proof(long index) {
        if (index < 0 || index >= checkpoint.size()) {
            return Optional.empty();
        }
        return Optional.of(new TlogProof(
                index, InclusionProof.of(index, checkpoint.size(), tree()).hashes(), note));
    }

    /** An entry with the proof that it is in this log; empty where it is not. */
    public Optional<ProvenLeaf> proven(long index) {
        return proof(index)
                .map(proof -> new ProvenLeaf(
                        new String(entries(index, index + 1).getFirst(), StandardCharsets.UTF_8), proof.toString()));
    }

    /** The proof that this log extends the one of a smaller size. */
    public ConsistencyProof consistency(long oldSize) {
        return ConsistencyProof.of(oldSize, checkpoint.size(), tree());
    }

    /** The root this log had when it was of a smaller size. */
    public TreeHash rootAt(long size) {
        return tree().root(0, size);
    }

    private TiledTree tree() {
        return new TiledTree(checkpoint.size(), this);
    }

    private boolean has(TileId tile) {
        return tile.width() <= TileId.widthIn(checkpoint.size(), tile.level(), tile.index());
    }

    /** Also of tiles that were narrower when an earlier checkpoint was signed. */
    @Override
    public byte[] hashes(TileId tile) {
        byte[] widest = TileId.widthIn(checkpoint.size(), tile.level(), tile.index()) == TileId.FULL_WIDTH
                ? full.hashes(new TileId(tile.level(), tile.index(), TileId.FULL_WIDTH))
                : partial(tile);
        return tile.isFull() ? widest : Arrays.copyOf(widest, tile.width() * TreeHash.BYTES);
    }

    private byte[] partial(TileId tile) {
        for (GrowingTiles.Partial partial : partials) {
            if (partial.tile().level() == tile.level() && partial.tile().index() == tile.index()) {
                return partial.hashes();
            }
        }
        throw new IllegalArgumentException("expected a tile of this log, found " + tile.path());
    }
}
