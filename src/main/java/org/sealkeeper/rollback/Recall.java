package org.sealkeeper.rollback;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sealkeeper.hsm.TokenRecord;
import org.sealkeeper.rollback.MemoryRecord.State;

/**
 * Everything the token remembered at one moment: the records of all that wrote to it, also one that a crash left beside the newest.
 * None counts more than another: a store must have what each of them says.
 *
 * @param found the records as they are in the token
 * @param legacy what an earlier version had the token remember; empty where it did not
 */
record Recall(List<TokenRecord> found, Optional<Remembered> legacy) {
    Recall {
        found = List.copyOf(found);
    }

    /** What several tokens remembered, as if one did. */
    static Recall union(Collection<Recall> recalls) {
        return new Recall(
                recalls.stream().flatMap(recall -> recall.found.stream()).toList(),
                recalls.stream()
                        .flatMap(recall -> recall.legacy.stream())
                        .max(Comparator.comparingLong(was -> was.log().size())));
    }

    /** From the newest to the oldest; without those that an interrupted write left unreadable. */
    List<MemoryRecord> records() {
        return found.stream()
                .flatMap(record -> MemoryText.parse(record.owner(), record.text()).stream())
                .sorted(Comparator.comparingLong(MemoryRecord::sequence).reversed())
                .toList();
    }

    /** The record written last; empty where there is none. */
    Optional<MemoryRecord> newest() {
        return records().stream().findFirst();
    }

    /** All that is remembered to have been written, by any process. */
    List<Remembered> remembered() {
        return Stream.concat(records().stream().map(MemoryRecord::remembered), legacy.stream())
                .distinct()
                .toList();
    }

    /** Whether something is there, and nothing of it can be read. */
    boolean isUnreadable() {
        return remembered().isEmpty() && !found.isEmpty();
    }

    Set<String> owners() {
        return found.stream().map(TokenRecord::owner).collect(toSet());
    }

    /** Whether something is here, and all that was remembered then is remembered still, or more. */
    boolean covers(Recall then) {
        return !found.isEmpty()
                && then.records().stream()
                        .map(MemoryRecord::remembered)
                        .allMatch(was -> remembered().stream().anyMatch(is -> is.covers(was)));
    }

    /** Whether no record was added, changed or removed since. */
    boolean isStill(List<TokenRecord> now) {
        return found.stream()
                .collect(groupingBy(identity(), counting()))
                .equals(now.stream().collect(groupingBy(identity(), counting())));
    }

    /**
     * The longest lease of the processes that may still be at work; empty where there is none.
     *
     * @param place of the store whose lock this process has: a process that held the lease from there is gone
     */
    Optional<Duration> longestLease(String place) {
        return owners().stream()
                .flatMap(owner -> newestOf(owner).stream())
                .filter(record ->
                        record.state() == State.HELD && !record.place().equals(place))
                .map(MemoryRecord::lease)
                .max(Comparator.naturalOrder());
    }

    private Optional<MemoryRecord> newestOf(String owner) {
        return records().stream().filter(record -> record.owner().equals(owner)).findFirst();
    }
}
