package org.sealkeeper.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.transparency.EntryFilter;

/**
 * Some leaves of the published log, the newest first.
 *
 * @param size how many leaves that log has
 * @param older the {@code before} of the next page; empty where the log begins
 */
record LeafSearch(List<LeafRow> leaves, long size, Optional<Long> older) {
    /** However few are found, a page looks at no more than these. */
    private static final int MOST_LOOKED_AT = 5_000;

    private static final int READ_AT_ONCE = 500;
    private static final int SHOWN = 50;

    /** Those below an index, at most a page of them. */
    static LeafSearch before(PublishedLog log, long index, EntryFilter filter) {
        long size = log.checkpoint().size();
        long at = Math.min(index, size);
        long end = Math.max(0, at - MOST_LOOKED_AT);
        List<LeafRow> found = new ArrayList<>();
        while (at > end) {
            long from = Math.max(end, at - READ_AT_ONCE);
            List<byte[]> entries = log.entries(from, at);
            while (at > from) {
                at--;
                RecordedLeaf leaf = RecordedLeaf.parse(entries.get((int) (at - from)));
                if (filter.accepts(leaf)) {
                    found.add(LeafRow.of(at, leaf));
                }
                if (found.size() == SHOWN) {
                    return new LeafSearch(found, size, older(at));
                }
            }
        }
        return new LeafSearch(found, size, older(at));
    }

    private static Optional<Long> older(long at) {
        return at > 0 ? Optional.of(at) : Optional.empty();
    }
}
