package org.sealkeeper.rollback;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.StoreIdentity;
import org.sealkeeper.store.WritingStopped;

/**
 * What this process wrote to the store: the last leaf and every head. It only rises, and is compared with the store inside every
 * transaction: the leaf always, the heads where another process may have written. The appliances that share a database move each other's
 * heads; there the leaf, which only this one writes, shows that nothing was turned back. Used by the store's one writer.
 */
final class ProcessMemory {
    private final String store;
    private final Origin origin;
    private final ChainHeads chains;
    private final CompactRange leaves;
    private Optional<TreeHash> lastLeaf;
    private final SortedMap<ChainName, RememberedHead> heads;
    private long lastMove;
    /** What the transaction adds that is under way. */
    private Addition pending = Addition.NONE;
    /** What a transaction would have added whose commit failed: it may be there all the same. */
    private Addition doubtful = Addition.NONE;

    private record Addition(List<TreeHash> leaves, Optional<ChainHeads.Moved> heads) {
        private static final Addition NONE = new Addition(List.of(), Optional.empty());
    }

    /**
     * @param leaves the tree over all leaves there are
     * @param lastLeaf the hash of the last of them; empty where there is none
     */
    ProcessMemory(
            String store,
            Origin origin,
            ChainHeads chains,
            CompactRange leaves,
            Optional<TreeHash> lastLeaf,
            ChainHeads.Moved heads) {
        this.store = store;
        this.origin = origin;
        this.chains = chains;
        this.leaves = leaves;
        this.lastLeaf = lastLeaf;
        this.heads = new TreeMap<>(heads.heads());
        this.lastMove = heads.lastMove();
    }

    Remembered now() {
        return new Remembered(new Checkpoint(origin, leaves.size(), leaves.root()), heads);
    }

    /** @throws WritingStopped if the store is not what this process wrote */
    void requireSame(Rows rows) throws SQLException {
        requireSameIdentity(rows);
        requireSameLeaves(rows);
        boolean isShared = rows.databaseRun().isPresent();
        if (!isShared && (rows.othersMayHaveWritten() || doubtful.heads().isPresent())) {
            requireSameHeads(chains.all(rows).heads());
        }
    }

    private void requireSameIdentity(Rows rows) throws SQLException {
        String found = StoreIdentity.of(rows);
        if (!found.equals(store)) {
            throw stopped(StopReason.ANOTHER_STORE, "expected the store " + store + ", found the store " + found);
        }
    }

    private void requireSameLeaves(Rows rows) throws SQLException {
        long size = leaves.size();
        List<byte[]> found = LogHistory.entriesFrom(rows, Math.max(0, size - 1));
        if (lastLeaf.isPresent()) {
            if (found.isEmpty()) {
                throw stopped(
                        StopReason.STORE_BEHIND, "expected leaf " + (size - 1) + " of the audit log, found fewer");
            }
            if (!TreeHash.ofLeaf(found.getFirst()).equals(lastLeaf.get())) {
                throw stopped(
                        StopReason.STORE_REPLACED, "leaf " + (size - 1) + " of the audit log is not the one written");
            }
            found = found.subList(1, found.size());
        }
        requireOurs(found);
    }

    /** Beside this process only commands append leaves, and commands sign nothing. */
    private void requireOurs(List<byte[]> added) {
        Set<TreeHash> mayBeThere = new HashSet<>(doubtful.leaves());
        for (byte[] entry : added) {
            if (!mayBeThere.contains(TreeHash.ofLeaf(entry)) && !LogHistory.isOfCommand(entry)) {
                throw stopped(
                        StopReason.STORE_AHEAD,
                        "expected " + leaves.size() + " leaves of the audit log, found one more that another appliance "
                                + "wrote");
            }
        }
    }

    private void requireSameHeads(SortedMap<ChainName, RememberedHead> found) {
        if (!found.equals(heads) && !found.equals(doubtfulHeads())) {
            boolean isBehind = heads.entrySet().stream().anyMatch(head -> isBehind(found, head));
            throw stopped(
                    isBehind ? StopReason.STORE_BEHIND : StopReason.STORE_AHEAD,
                    "the heads of the chains are not those written");
        }
    }

    private SortedMap<ChainName, RememberedHead> doubtfulHeads() {
        var all = new TreeMap<>(heads);
        doubtful.heads().ifPresent(moved -> all.putAll(moved.heads()));
        return all;
    }

    private static boolean isBehind(
            SortedMap<ChainName, RememberedHead> found, Map.Entry<ChainName, RememberedHead> head) {
        RememberedHead other = found.get(head.getKey());
        return other == null || other.height().compareTo(head.getValue().height()) < 0;
    }

    /** Takes note of what the transaction adds. */
    void look(Rows rows) throws SQLException {
        List<TreeHash> added = new ArrayList<>();
        LogHistory.entriesFrom(rows, leaves.size()).forEach(entry -> added.add(TreeHash.ofLeaf(entry)));
        ChainHeads.Moved moved = chains.after(lastMove, rows);
        requireRisen(moved.heads());
        pending = new Addition(added, Optional.of(moved));
    }

    private void requireRisen(SortedMap<ChainName, RememberedHead> moved) {
        moved.forEach((chain, head) -> {
            RememberedHead before = heads.get(chain);
            if (before != null && head.height().compareTo(before.height()) < 0) {
                throw stopped(StopReason.STORE_BEHIND, "the head of chain " + chain + " would go back");
            }
        });
    }

    /** What was looked at is durable; true where it added anything. */
    boolean keep() {
        pending.leaves().forEach(leaves::append);
        boolean isMore = !pending.leaves().isEmpty();
        if (isMore) {
            lastLeaf = Optional.of(pending.leaves().getLast());
        }
        pending.heads().ifPresent(moved -> {
            heads.putAll(moved.heads());
            lastMove = moved.lastMove();
        });
        pending = Addition.NONE;
        doubtful = Addition.NONE;
        return isMore;
    }

    /** It is not known whether what was looked at is durable. */
    void doubt() {
        doubtful = pending;
        pending = Addition.NONE;
    }

    private static WritingStopped stopped(StopReason reason, String what) {
        return new WritingStopped(
                reason,
                what + ". Stop the appliance, and bring the newest store back; where it is lost, see 'sealkeeper audit "
                        + "accept-rollback --help'");
    }
}
