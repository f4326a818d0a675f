package org.sealkeeper.mirror;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.TileId;

/**
 * Which leaves are wanted.
 *
 * @param values what their members must say, to the letter
 * @param from not before this time
 * @param until before this time
 * @param limit at most so many, the oldest
 */
public record LeafQuery(Map<LeafField, String> values, Optional<Instant> from, Optional<Instant> until, long limit) {
    public LeafQuery {
        values = Map.copyOf(values);
        if (limit < 1) {
            throw new IllegalArgumentException("expected a limit of 1 or more, found " + limit);
        }
    }

    /** Takes what is found. */
    @FunctionalInterface
    public interface Found {
        /**
         * Takes the next one.
         *
         * @param entry the exact bytes of the leaf
         */
        void leaf(long index, RecordedLeaf leaf, byte[] entry);
    }

    /**
     * Reads a log of a size once, from its oldest leaf.
     *
     * @throws InvalidLog at an entry that is not a leaf; more is not verified
     */
    public void search(LogSource source, long size, Found found) {
        var log = new LogReader(source, size);
        long left = limit;
        for (long bundle = 0; bundle < log.shape().bundles(); bundle++) {
            long index = bundle * TileId.FULL_WIDTH;
            for (byte[] entry : log.bundle(bundle)) {
                RecordedLeaf leaf = LogVerifier.parse(index, entry);
                if (wants(leaf)) {
                    found.leaf(index, leaf, entry);
                    left--;
                    if (left == 0) {
                        return;
                    }
                }
                index++;
            }
        }
    }

    private boolean wants(RecordedLeaf leaf) {
        return values.entrySet().stream().allMatch(member -> leaf.says(member.getKey(), member.getValue()))
                && (from.isEmpty()
                        || LeafRules.time(leaf)
                                .filter(time -> !time.isBefore(from.get()))
                                .isPresent())
                && (until.isEmpty()
                        || LeafRules.time(leaf)
                                .filter(time -> time.isBefore(until.get()))
                                .isPresent());
    }
}
