package org.sealkeeper.rollback.model;

import java.util.EnumSet;

/** A guard without which no height is signed twice within the bounds. The others do its work, or it is there for something else. */
enum RedundantGuard {
    /** For availability: two appliances would stop each other. No process of the model ever believes that its own lease is over. */
    LEASE(Bounds.TWO_PROCESSES_AND_NO_MISFORTUNE),
    /** For availability, and for a restart that need not wait. */
    SERVING_LOCK(Bounds.TWO_PROCESSES_AND_NO_MISFORTUNE),
    /** As the lease. What is judged is what is taken, also if it is younger than the wait. */
    JUDGE_WHAT_WAS_AWAITED(Bounds.TWO_PROCESSES_AND_NO_MISFORTUNE),
    /** The look after the own records are made sees the same, and more; this one spares to make them. */
    LOOK_BEFORE_TAKING(Bounds.TWO_PROCESSES_AND_NO_MISFORTUNE),
    /** All records are judged, so it does not matter which of two is the newer one. */
    NUMBER_FAILED_ATTEMPTS(Bounds.ONE_PROCESS_AND_TWO_HEIGHTS),
    /** For a token that was emptied or exchanged, which does not happen here. */
    REFUSE_AN_EMPTY_TOKEN(Bounds.ONE_PROCESS_AND_TWO_HEIGHTS);

    private final Bounds bounds;

    RedundantGuard(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Two processes may be on one store then, which takes some time to go through. */
    boolean isLarge() {
        return this == SERVING_LOCK;
    }

    Guard guard() {
        return Guard.valueOf(name());
    }

    Exploration.Outcome exploreWithout() {
        return bounds.explore(EnumSet.of(guard()));
    }
}
