package org.sealkeeper.audit;

import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.GrowingTiles;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Store;

/**
 * Looks at the log before anything is appended: whether the store has what it signed for, and what the token remembers.
 */
record LogOpening(Store store, Origin origin, AuditKeys keys, CheckpointVault vault) {
    /** Leaves read at once. */
    static final int PAGE = 1_024;

    /**
     * The last checkpoint the store knows.
     *
     * @throws ConfigurationFault if the store's log has another name, or does not have what it signed
     */
    Optional<Note> lastCheckpoint() {
        Optional<Origin> named = store.read(rows -> new AuditTable(rows).origin());
        if (named.isPresent() && !named.get().equals(origin)) {
            throw new ConfigurationFault(
                    "appliance.yaml names the audit log " + origin + ", but the store holds the log " + named.get()
                            + ". A log keeps its name for ever: correct 'audit.origin'");
        }
        Optional<Note> last = store.read(rows -> new AuditTable(rows).checkpoint());
        last.ifPresent(this::requireUndamaged);
        return last;
    }

    private void requireUndamaged(Note note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        boolean isSigned = CheckpointVault.isOf(origin, note) && keys.haveSigned(note);
        if (!isSigned
                || size() < checkpoint.size()
                || !rootAt(checkpoint, checkpoint.size()).equals(checkpoint.root())) {
            throw new ConfigurationFault("the store's audit log does not match its own last checkpoint, of size "
                    + checkpoint.size() + ": the store is damaged or was edited. Bring an undamaged copy back");
        }
    }

    /**
     * Why the store is older than what the token remembers; empty where it is not.
     *
     * @throws ConfigurationFault if what the token remembers cannot be judged
     */
    Optional<LogRolledBack> rollback(Optional<Note> last) {
        CheckpointVault.Memory memory = vault.recall();
        if (memory.checkpoint().isEmpty()) {
            return last.filter(note -> Checkpoint.parse(note.text()).size() > 0)
                    .map(note -> new LogRolledBack("the token no longer has the checkpoint that was written to it"));
        }
        Note remembered = memory.checkpoint().get();
        Checkpoint checkpoint = Checkpoint.parse(remembered.text());
        if (!checkpoint.origin().equals(origin)) {
            return Optional.of(new LogRolledBack("the token remembers the log " + checkpoint.origin() + " at size "
                    + checkpoint.size() + ", but this store holds the log " + origin));
        }
        if (!keys.haveSigned(remembered)) {
            return Optional.of(
                    new LogRolledBack("the checkpoint in the token is not signed by an audit key in the store"));
        }
        long size = size();
        if (size < checkpoint.size()) {
            return Optional.of(
                    new LogRolledBack("the token remembers " + checkpoint.size() + " leaves, the store has " + size));
        }
        Checkpoint known = last.map(note -> Checkpoint.parse(note.text()))
                .orElseGet(() -> new Checkpoint(origin, 0, TreeHash.EMPTY_ROOT));
        return rootAt(known, checkpoint.size()).equals(checkpoint.root())
                ? Optional.empty()
                : Optional.of(new LogRolledBack("the store's first " + checkpoint.size()
                        + " leaves are not those whose checkpoint the token remembers"));
    }

    private long size() {
        return store.read(rows -> new AuditTable(rows).size());
    }

    /** The root of the tree over the first leaves; beyond the known checkpoint they are hashed anew. */
    private TreeHash rootAt(Checkpoint known, long size) {
        var tree = new TiledTree(known.size(), new StoredTiles(store));
        if (size <= known.size()) {
            return tree.root(0, size);
        }
        GrowingTiles tiles = GrowingTiles.of(tree);
        while (tiles.size() < size) {
            long from = tiles.size();
            store.read(rows -> new AuditTable(rows).entries(from, Math.min(from + PAGE, size)))
                    .forEach(entry -> tiles.append(TreeHash.ofLeaf(entry), (tile, hashes) -> {}));
        }
        return tiles.root();
    }
}
