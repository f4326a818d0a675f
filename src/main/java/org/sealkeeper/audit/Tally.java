package org.sealkeeper.audit;

import java.time.Instant;

/**
 * How often an event happened that does not get a leaf each time.
 *
 * @param count 1 or more
 * @param since when it was counted first; until the time of the leaf
 */
public record Tally(long count, Instant since) {
    public Tally {
        if (count < 1) {
            throw new IllegalArgumentException("expected a count of 1 or more, found " + count);
        }
    }
}
