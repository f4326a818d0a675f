package org.sealkeeper.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The times that statements say: whole milliseconds of the years 0 to 9999, so that each has one written form. */
final class StatementTime {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private StatementTime() {}

    /** @throws IllegalArgumentException for any other time */
    static void require(Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MILLIS)) || time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("expected a whole millisecond of the years 0 to 9999, found " + time);
        }
    }

    /** @throws IllegalArgumentException for what is no time */
    static Instant parse(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected signedAt as yyyy-MM-ddTHH:mm:ss.SSSZ", e);
        }
    }
}
