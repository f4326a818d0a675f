package org.sealkeeper.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.store.Store;

/**
 * Counts what may come in floods, so that it costs a few leaves a minute and not one each: requests that are refused before
 * the caller is known, equal refusals of one caller, and the thousand tiles an auditor reads. A crash loses the counts of the
 * last seconds.
 */
final class EventTally {
    /** How long a count is kept back. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Beyond these, the leaves no longer name the actor. */
    private static final int MAX_KINDS = 256;

    /** Beyond these, the leaves no longer name the subject: a caller may name one key after the other. */
    private static final int MAX_SUBJECTS = 16;

    private final InstantSource clock;
    private final Map<Leaf, Tally> counts = new HashMap<>();
    private volatile boolean isBehind;

    EventTally(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts one event; leaves that differ only in time, request, token id, block and data key are of one kind. */
    synchronized void count(Leaf event) {
        Leaf kind = bounded(kindOf(event));
        Tally first = new Tally(1, clock.instant());
        counts.merge(kind, first, (counted, one) -> new Tally(counted.count() + 1, counted.since()));
    }

    private Leaf bounded(Leaf kind) {
        if (counts.containsKey(kind)) {
            return kind;
        }
        Leaf unnamed = kind.on(new Subject.Whole());
        if (counts.size() >= MAX_KINDS) {
            return unnamed.by(new Actor.Anonymous()).decidedBy(kind.decision().withoutClaims());
        }
        boolean hasManySubjects = counts.keySet().stream()
                        .filter(other -> other.on(new Subject.Whole()).equals(unnamed))
                        .count()
                >= MAX_SUBJECTS;
        return hasManySubjects ? unnamed : kind;
    }

    /** Whether counts could not be written when their time had come, and still are not. */
    boolean isBehind() {
        return isBehind;
    }

    /**
     * Appends the leaves of the counts whose time has come; at the end, of all. If that fails, their events are counted on.
     */
    CompletionStage<?> append(Store store, boolean isEnd) {
        List<Leaf> due = due(isEnd);
        if (due.isEmpty()) {
            return CompletableFuture.completedStage(due);
        }
        return store.write(rows -> {
                    for (Leaf leaf : due) {
                        new Leaves(rows).append(leaf);
                    }
                    return due;
                })
                .whenComplete((done, failure) -> {
                    isBehind = failure != null;
                    if (failure != null) {
                        putBack(due);
                    }
                });
    }

    private synchronized void putBack(List<Leaf> leaves) {
        for (Leaf leaf : leaves) {
            Tally earlier = leaf.tally().orElseThrow();
            counts.merge(
                    kindOf(leaf), earlier, (later, _) -> new Tally(later.count() + earlier.count(), earlier.since()));
        }
    }

    private static Leaf kindOf(Leaf event) {
        return new Leaf(
                Instant.EPOCH,
                event.operation(),
                new Authorization(event.actor().withoutTokenId(), Optional.empty(), event.decision()),
                event.target().on(event.target().subject().common()),
                event.result(),
                Optional.empty());
    }

    /** The leaves of the counts whose time has come, which are then counted anew; all of them at the end. */
    synchronized List<Leaf> due(boolean isEnd) {
        Instant now = clock.instant();
        List<Leaf> due = new ArrayList<>();
        counts.entrySet().removeIf(entry -> {
            boolean isDue = isEnd || !entry.getValue().since().plus(INTERVAL).isAfter(now);
            if (isDue) {
                due.add(entry.getKey().at(now).counting(entry.getValue()));
            }
            return isDue;
        });
        return due;
    }
}
