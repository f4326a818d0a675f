package org.sealkeeper.mirror;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;

/** What must hold between the leaves of a log. Needs the memory of a few thousand leaves, however long the log. */
final class LeafRules {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final int RECENT = 4_096;
    private static final List<LeafField> SAME_IN_BOTH = List.of(
            LeafField.OPERATION, LeafField.CHAIN, LeafField.HEIGHT, LeafField.PREVIOUS_HASH, LeafField.BLOCK_HASH);

    private final LogReader log;
    private final Map<Long, List<Optional<Object>>> recentlyBegun = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<Optional<Object>>> eldest) {
            return size() > RECENT;
        }
    };
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private Instant latest = Instant.MIN;
    private long backwards;
    private OptionalLong firstBackwards = OptionalLong.empty();

    /** @param log where a leaf is looked up that began long ago */
    LeafRules(LogReader log) {
        this.log = log;
    }

    /** Takes the leaves in their order. */
    void check(long index, RecordedLeaf leaf) {
        checkTime(index, leaf);
        OptionalLong begun = leaf.number(LeafField.BEGUN);
        if (begun.isPresent()) {
            checkBegun(index, leaf, begun.getAsLong());
        }
        if (leaf.says(LeafField.OUTCOME, Outcome.BEGUN.text())) {
            recentlyBegun.put(index, subject(leaf));
        }
    }

    /** When the first leaf says it was written; empty of an empty log. */
    Optional<Instant> first() {
        return first;
    }

    /** When the last leaf says it was written. */
    Optional<Instant> last() {
        return last;
    }

    /** What is odd, and proves nothing. */
    Optional<String> remark() {
        return backwards == 0
                ? Optional.empty()
                : Optional.of("the clock ran backwards by more than " + CLOCK_TOLERANCE.toMinutes() + " minutes before "
                        + backwards + (backwards == 1 ? " leaf" : " leaves") + ", first before leaf "
                        + firstBackwards.orElseThrow());
    }

    private void checkTime(long index, RecordedLeaf leaf) {
        Instant time =
                time(leaf).orElseThrow(() -> InvalidLog.atLeaf(index, "expected a time as yyyy-MM-ddTHH:mm:ss.SSSZ"));
        if (latest.isAfter(time.plus(CLOCK_TOLERANCE))) {
            backwards++;
            firstBackwards = firstBackwards.isPresent() ? firstBackwards : OptionalLong.of(index);
        }
        latest = time;
        first = first.or(() -> Optional.of(time));
        last = Optional.of(time);
    }

    /** When a leaf says it was written; empty where it says no time. */
    static Optional<Instant> time(RecordedLeaf leaf) {
        try {
            return leaf.text(LeafField.TIME).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void checkBegun(long index, RecordedLeaf leaf, long begun) {
        if (begun < 0 || begun >= index) {
            throw InvalidLog.atLeaf(index, "expected 'begun' to be an earlier leaf, found " + begun);
        }
        List<Optional<Object>> subject = recentlyBegun.get(begun);
        if (!subject(leaf).equals(subject == null ? lookUp(begun) : subject)) {
            throw InvalidLog.atLeaf(
                    index, "expected 'begun' to be a leaf of the same operation that had begun, found leaf " + begun);
        }
    }

    private List<Optional<Object>> lookUp(long index) {
        try {
            RecordedLeaf leaf = RecordedLeaf.parse(log.entry(index));
            return leaf.says(LeafField.OUTCOME, Outcome.BEGUN.text()) ? subject(leaf) : List.of();
        } catch (IllegalArgumentException e) {
            throw InvalidLog.atLeaf(index, "not a leaf: " + e.getMessage());
        }
    }

    private static List<Optional<Object>> subject(RecordedLeaf leaf) {
        List<Optional<Object>> subject = new ArrayList<>();
        SAME_IN_BOTH.forEach(
                field -> subject.add(Optional.ofNullable(leaf.members().get(field))));
        return subject;
    }
}
