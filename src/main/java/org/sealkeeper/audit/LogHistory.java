package org.sealkeeper.audit;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.GrowingTiles;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/** The log as the store has it, for what compares it with what it remembers of it. */
public record LogHistory(Store store) {
    /** Leaves read at once. */
    static final int PAGE = 1_024;

    /** The name of the log; empty before its first checkpoint. */
    public Optional<Origin> origin() {
        return store.read(rows -> new AuditTable(rows).origin());
    }

    /** How many leaves there are. */
    public long size() {
        return store.read(rows -> new AuditTable(rows).size());
    }

    /** The last signed checkpoint; empty before the first. */
    public Optional<Checkpoint> checkpoint() {
        return store.read(rows -> new AuditTable(rows).checkpoint()).map(note -> Checkpoint.parse(note.text()));
    }

    /** The size of the last signed checkpoint; 0 before the first. */
    public long checkpointed() {
        return checkpoint().map(Checkpoint::size).orElse(0L);
    }

    /** The log up to its newest signed checkpoint; empty before the first. A checkpoint is kept once the token remembers its leaves. */
    public Optional<PublishedLog> published() {
        return store.read(rows -> new AuditTable(rows).checkpoint()).map(this::published);
    }

    /** The log up to the newest checkpoint that witnesses have cosigned, with their lines; empty where none has. */
    public Optional<PublishedLog> cosigned() {
        return store.read(rows -> new AuditTable(rows).cosigned()).map(this::published);
    }

    /** The size of the newest checkpoint that witnesses have cosigned; 0 where none has. */
    public long cosignedSize() {
        return store.read(rows -> new AuditTable(rows).cosigned())
                .map(note -> Checkpoint.parse(note.text()).size())
                .orElse(0L);
    }

    private PublishedLog published(Note note) {
        long size = Checkpoint.parse(note.text()).size();
        var tiles = GrowingTiles.of(new TiledTree(size, new StoredTiles(store)));
        return new PublishedLog(store, note, tiles.partials());
    }

    /**
     * The tree over the first leaves. Beyond the last checkpoint they are hashed anew.
     *
     * @param size at most that of the log
     * @throws org.sealkeeper.store.StoreFault if the store lacks leaves or tiles of it
     */
    public CompactRange range(long size) {
        long known = Math.min(size, checkpointed());
        CompactRange range = CompactRange.of(known, new TiledTree(known, new StoredTiles(store)));
        extend(range, size);
        return range;
    }

    /**
     * Hashes leaves anew: the next ones of a range, until it has this size.
     *
     * @param size at most that of the log
     */
    public void extend(CompactRange range, long size) {
        while (range.size() < size) {
            long from = range.size();
            List<byte[]> entries = store.read(rows -> new AuditTable(rows).entries(from, Math.min(from + PAGE, size)));
            if (entries.isEmpty()) {
                throw new IllegalArgumentException("expected a size of the log, found " + size);
            }
            entries.forEach(entry -> range.append(TreeHash.ofLeaf(entry)));
        }
    }

    /** The entry at an index; empty where the log ends before. */
    public Optional<byte[]> entry(long index) {
        return store.read(rows -> new Leaves(rows).entry(index));
    }

    /** Gives every leaf there is, with its index, a page at a time. */
    public void forEach(EntryReader reader) {
        long size = size();
        for (long from = 0; from < size; from += PAGE) {
            long first = from;
            List<byte[]> entries =
                    store.read(rows -> new AuditTable(rows).entries(first, Math.min(first + PAGE, size)));
            for (int i = 0; i < entries.size(); i++) {
                reader.read(first + i, entries.get(i));
            }
        }
    }

    /** Takes the entry of a leaf. */
    @FunctionalInterface
    public interface EntryReader {
        void read(long index, byte[] entry);
    }

    /** The entries from an index on, as a transaction sees them. */
    public static List<byte[]> entriesFrom(Rows rows, long index) throws SQLException {
        return new AuditTable(rows).entries(index, Long.MAX_VALUE);
    }

    /** Whether a command of the operator wrote this entry, beside the appliance. */
    public static boolean isOfCommand(byte[] entry) {
        return RecordedLeaf.parse(entry).says(LeafField.AUTHENTICATION, new Actor.Operator().authentication());
    }
}
