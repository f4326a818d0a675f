package org.sealkeeper.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which refusals of a caller get a leaf each: of one kind the first {@value #SINGLE} in a minute. A caller
 * cannot choose the kind freely: block, data key and request do not count. Safe for use by many threads.
 */
final class RefusalsInAMinute {
    static final int SINGLE = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Beyond these, all others share the leaves of one. */
    private static final int MAX_KINDS = 1_024;

    private static final Kind OTHERS = new Kind(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final InstantSource clock;
    private final Map<Kind, Minute> minutes = new HashMap<>();

    RefusalsInAMinute(InstantSource clock) {
        this.clock = clock;
    }

    private record Kind(
            Optional<Operation> operation, Optional<Actor> actor, Optional<String> rule, Optional<Reason> reason) {
        static Kind of(Leaf refusal) {
            return new Kind(
                    Optional.of(refusal.operation()),
                    Optional.of(refusal.actor().withoutTokenId()),
                    Optional.of(refusal.decision().rule()),
                    refusal.result().reason());
        }
    }

    private record Minute(Instant start, int refusals) {
        /** Also where the clock was set back: a minute must not last longer for it. */
        boolean isOver(Instant now) {
            return now.isBefore(start) || !now.isBefore(start.plus(MINUTE));
        }
    }

    /** Whether this refusal, which counts from now on, is among the first of its kind. */
    synchronized boolean isAmongTheFirst(Leaf refusal) {
        Instant now = clock.instant();
        Kind kind = Kind.of(refusal);
        if (minutes.size() >= MAX_KINDS && !minutes.containsKey(kind)) {
            minutes.values().removeIf(minute -> minute.isOver(now));
            kind = minutes.size() >= MAX_KINDS ? OTHERS : kind;
        }
        Minute minute = minutes.merge(
                kind,
                new Minute(now, 1),
                (known, first) -> known.isOver(now) ? first : new Minute(known.start(), known.refusals() + 1));
        return minute.refusals() <= SINGLE;
    }
}
