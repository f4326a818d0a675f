package org.sealkeeper.mirror;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.LeafJudge;
import org.sealkeeper.audit.LeafJudgement;
import org.sealkeeper.audit.RecordedLeaf;

/**
 * What must hold between the leaves of a log, as the table of their format says. Needs the memory of a few thousand leaves, however
 * long the log.
 */
final class LeafRules {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final int RECENT = 4_096;

    private final LogReader log;
    private final LeafJudge judge = new LeafJudge(this::earlier);
    /** Those that were looked at last: most of what a leaf names is among them. */
    private final Map<Long, RecordedLeaf> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RecordedLeaf> eldest) {
            return size() > RECENT;
        }
    };

    private long next;
    private Optional<UnknownLeaves> unknown = Optional.empty();
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private Instant latest = Instant.MIN;
    private long backwards;
    private OptionalLong firstBackwards = OptionalLong.empty();

    /** @param log where a leaf is looked up that was written long ago */
    LeafRules(LogReader log) {
        this.log = log;
    }

    /** Takes the leaves in their order. */
    void check(long index, RecordedLeaf leaf) {
        next = index;
        switch (judge.judge(leaf)) {
            case LeafJudgement.Fits() -> checkTime(index, leaf);
            case LeafJudgement.Unknown(String what) ->
                unknown = Optional.of(
                        unknown.map(UnknownLeaves::andOneMore).orElseGet(() -> new UnknownLeaves(index, what, 1)));
            case LeafJudgement.Contradiction(String reason) -> throw InvalidLog.atLeaf(index, reason);
        }
        recent.put(index, leaf);
    }

    /** The leaves of which nothing can be said here; empty where there are none. */
    Optional<UnknownLeaves> unknown() {
        return unknown;
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

    /** The leaf at an index before the one that is checked. */
    private Optional<RecordedLeaf> earlier(long index) {
        if (index < 0 || index >= next) {
            return Optional.empty();
        }
        RecordedLeaf known = recent.get(index);
        if (known != null) {
            return Optional.of(known);
        }
        RecordedLeaf found = LogVerifier.parse(index, log.entry(index));
        recent.put(index, found); // an emergency that began long ago is named again and again
        return Optional.of(found);
    }
}
