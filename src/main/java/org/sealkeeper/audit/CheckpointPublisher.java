package org.sealkeeper.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.GrowingTiles;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;

/**
 * Builds the tree over new leaves, has its checkpoints signed, and publishes them.
 *
 * <p>Leaves are durable before they are read here, and a checkpoint is durable before it is published. If we crash in between,
 * the next start signs the same leaves again, perhaps with more behind them: never others in their place.
 */
final class CheckpointPublisher {
    private final Store store;
    private final Origin origin;
    private final CheckpointSigner signer;
    private final CoverageWaiters waiters = new CoverageWaiters();
    private volatile @Nullable PublishedLog published;

    /** The rest is used by one thread at a time, which calls {@link #publish}. */
    private final GrowingTiles tiles;

    private final Map<TileId, byte[]> unkept = new LinkedHashMap<>();
    private @Nullable TreeHash lastLeaf;

    /** @param last the newest signed checkpoint in the store; empty where none was ever signed */
    CheckpointPublisher(Store store, Origin origin, CheckpointSigner signer, Optional<Note> last) {
        this.store = store;
        this.origin = origin;
        this.signer = signer;
        long size = last.map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
        this.tiles = GrowingTiles.of(new TiledTree(size, new StoredTiles(store)));
        this.lastLeaf = size == 0
                ? null
                : TreeHash.ofLeaf(store.read(rows -> new AuditTable(rows).entries(size - 1, size))
                        .getFirst());
        last.ifPresent(note -> published = new PublishedLog(store, note, tiles.partials()));
    }

    /** The newest published log; empty before the first checkpoint. */
    Optional<PublishedLog> published() {
        return Optional.ofNullable(published);
    }

    /** Completes with the first published log that has the leaf. */
    CompletionStage<PublishedLog> covering(long index) {
        return waiters.covering(index, this::published);
    }

    /**
     * Publishes a checkpoint over all leaves; none where the newest one has them all. Not for two threads at a time.
     *
     * @throws WritingStopped if the leaves of the store are not those that were signed
     * @throws org.sealkeeper.kernel.Fault if the token or the store fails
     */
    void publish() {
        integrate();
        PublishedLog newest = published;
        if (newest == null || tiles.size() > newest.checkpoint().size()) {
            waiters.complete(commit(newest == null));
        }
    }

    /**
     * Hashes the leaves that are new. The last of the old ones is read again: if it changed, the store was exchanged.
     *
     * <p>How many there are is asked of the writer: it answers when the token remembers them, and a checkpoint must not cover more.
     */
    private void integrate() {
        if (store.read(rows -> new AuditTable(rows).size()) == tiles.size()) {
            return;
        }
        long known = store.commit(rows -> new AuditTable(rows).size());
        List<byte[]> added;
        do {
            long size = tiles.size();
            long end = Math.min(known, size + LogHistory.PAGE);
            List<byte[]> entries = store.read(rows -> new AuditTable(rows).entries(Math.max(0, size - 1), end));
            requireSameLast(size, entries);
            added = size == 0 ? entries : entries.subList(1, entries.size());
            for (byte[] entry : added) {
                lastLeaf = TreeHash.ofLeaf(entry);
                tiles.append(lastLeaf, unkept::put);
            }
        } while (!added.isEmpty());
    }

    private void requireSameLast(long size, List<byte[]> entries) {
        if (size > 0 && (entries.isEmpty() || !Objects.equals(lastLeaf, TreeHash.ofLeaf(entries.getFirst())))) {
            var stopped = new WritingStopped(
                    StopReason.STORE_BEHIND,
                    "leaf " + (size - 1) + " is gone, or another one, though a checkpoint was signed over it. Stop the "
                            + "appliance, and bring the newest store back");
            store.stopWriting(stopped);
            throw stopped;
        }
    }

    private PublishedLog commit(boolean isFirst) {
        Note note = signer.sign(new Checkpoint(origin, tiles.size(), tiles.root()));
        Map<TileId, byte[]> full = Map.copyOf(unkept);
        Note _ = store.commit(rows -> {
            var table = new AuditTable(rows);
            if (isFirst) {
                table.name(origin);
            }
            for (Map.Entry<TileId, byte[]> tile : full.entrySet()) {
                table.keep(tile.getKey(), tile.getValue());
            }
            table.keepCheckpoint(note);
            return note;
        });
        unkept.clear();
        var newest = new PublishedLog(store, note, tiles.partials());
        published = newest;
        return newest;
    }
}
