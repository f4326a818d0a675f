package org.sealkeeper.ledger;

import java.time.Instant;
import org.sealkeeper.merkle.Origin;

/**
 * The last handover of a chain in which this appliance had a part.
 *
 * @param number counts the handovers of the chain, by whichever appliances; from 1
 * @param log that of the appliance to which, or from which, it was handed over
 * @param leaf of the audit log, which says the rest
 * @param isRecordedHere whether that is this appliance's log, and not that of another one of the database
 */
public record Handover(long number, Direction direction, Origin log, long leaf, Instant at, boolean isRecordedHere) {

    /** One whose leaf is in this appliance's log. */
    public Handover(long number, Direction direction, Origin log, long leaf, Instant at) {
        this(number, direction, log, leaf, at, true);
    }

    /** Which way a chain went. */
    public enum Direction {
        /** It is closed here. */
        AWAY,
        /** It goes on here. */
        HERE
    }

    /** Whether the chain is closed here. */
    public boolean isAway() {
        return direction == Direction.AWAY;
    }
}
