package org.sealkeeper.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.transparency.EntryFilter;

/**
 * Some leaves of the published log, the newest first.
 *
 * @param size how many leaves that log has
 * @param below where the search began
 * @param older the {@code before} of the next page, down to which it looked; empty where the log begins
 */
record LeafSearch(List<LeafRow> leaves, long size, long below, Optional<Long> older) {
    /** However few are found, a page is not waited for any longer. */
    private static final Duration PATIENCE = Duration.ofMillis(150);

    private static final int READ_AT_ONCE = 2_000;
    private static final int SHOWN = 50;

    /**
     * Those below an index, at most a page of them.
     *
     * @param nanoTime the monotonic clock, in nanoseconds
     */
    static LeafSearch before(PublishedLog log, long index, EntryFilter filter, LongSupplier nanoTime) {
        long size = log.checkpoint().size();
        long below = Math.min(index, size);
        long end = nanoTime.getAsLong() + PATIENCE.toNanos();
        List<LeafRow> found = new ArrayList<>();
        long at = below;
        while (at > 0 && found.size() < SHOWN && nanoTime.getAsLong() < end) {
            long from = Math.max(0, at - READ_AT_ONCE);
            List<byte[]> entries = log.entries(from, at);
            while (at > from && found.size() < SHOWN) {
                at--;
                find(at, entries.get((int) (at - from)), filter).ifPresent(found::add);
            }
        }
        return new LeafSearch(found, size, below, at > 0 ? Optional.of(at) : Optional.empty());
    }

    /** Parsing is what costs. */
    private static Optional<LeafRow> find(long index, byte[] entry, EntryFilter filter) {
        if (!filter.mayAccept(new String(entry, UTF_8))) {
            return Optional.empty();
        }
        RecordedLeaf leaf = RecordedLeaf.parse(entry);
        return filter.accepts(leaf) ? Optional.of(LeafRow.of(index, leaf)) : Optional.empty();
    }
}
