package org.sealkeeper.rollback;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.WritingStopped;

/**
 * Compares a store with what the token remembers. The store may have more: what was committed before the token was written, and no caller
 * was answered about.
 *
 * @param found what the store has now
 */
record RollbackJudge(LogHistory log, String store, Remembered found) {

    /** Why the store is not the one the token remembers, or older; empty where it is. */
    Optional<WritingStopped> judge(Recall recall) {
        if (recall.remembered().isEmpty()) {
            return log.checkpointed() > 0 || recall.isUnreadable()
                    ? stopped(StopReason.TOKEN_FORGOT, "the token no longer has what was written to it")
                    : Optional.empty();
        }
        return Stream.concat(
                        recall.remembered().stream().map(this::judge),
                        recall.records().stream().map(this::otherStore))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What the store does not have of what is known to have been written. */
    List<Remembered> missing(List<Remembered> known) {
        return known.stream()
                .filter(remembered -> judge(remembered).isPresent())
                .toList();
    }

    private Optional<WritingStopped> judge(Remembered remembered) {
        return otherOrigin(remembered.log())
                .or(() -> shorterLog(remembered.log()))
                .or(() -> otherLog(remembered.log()))
                .or(() -> lowerHead(remembered.heads()));
    }

    private Optional<WritingStopped> otherOrigin(Checkpoint remembered) {
        return remembered.origin().equals(found.log().origin())
                ? Optional.empty()
                : stopped(
                        StopReason.ANOTHER_STORE,
                        "the token remembers the log " + remembered.origin() + " at size " + remembered.size()
                                + ", but this store holds the log "
                                + found.log().origin());
    }

    private Optional<WritingStopped> otherStore(MemoryRecord record) {
        return record.store().equals(store)
                ? Optional.empty()
                : stopped(
                        StopReason.ANOTHER_STORE,
                        "the token remembers the store " + record.store() + ", but this is " + store);
    }

    private Optional<WritingStopped> shorterLog(Checkpoint remembered) {
        return found.log().size() < remembered.size()
                ? stopped(
                        StopReason.STORE_BEHIND,
                        "the token remembers " + remembered.size() + " leaves, the store has "
                                + found.log().size())
                : Optional.empty();
    }

    private Optional<WritingStopped> otherLog(Checkpoint remembered) {
        return log.range(remembered.size()).root().equals(remembered.root())
                ? Optional.empty()
                : stopped(
                        StopReason.STORE_REPLACED,
                        "the store's first " + remembered.size() + " leaves are not those the token remembers");
    }

    private Optional<WritingStopped> lowerHead(SortedMap<ChainName, RememberedHead> remembered) {
        for (Map.Entry<ChainName, RememberedHead> entry : remembered.entrySet()) {
            RememberedHead head = entry.getValue();
            RememberedHead here = found.heads().get(entry.getKey());
            if (here == null
                    || here.height().compareTo(head.height()) < 0
                    || (here.height().equals(head.height()) && !here.equals(head))) {
                return stopped(
                        StopReason.STORE_BEHIND,
                        "the token remembers chain " + entry.getKey() + " at height " + head.height()
                                + ", the store has it at " + (here == null ? "none" : here.height()));
            }
        }
        return Optional.empty();
    }

    private static Optional<WritingStopped> stopped(StopReason reason, String what) {
        return Optional.of(new WritingStopped(
                reason,
                what + ". Stop the appliance, and bring the newest store back; where it is lost, run 'sealkeeper audit "
                        + "accept-rollback --help'"));
    }
}
