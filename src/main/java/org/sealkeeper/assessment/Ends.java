package org.sealkeeper.assessment;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Judges something that ends.
 *
 * @param what for messages, such as {@code a certificate that is valid}
 * @param soon from how long before its end it is to be renewed; the last quarter of that is urgent
 */
record Ends(String what, Duration soon, String remedy) {

    Check.Answer judge(String about, Instant end, Instant now) {
        String found = "it ends on " + text(end);
        if (!now.isBefore(end)) {
            return Check.weak(about, Severity.HIGH, what, "it ended on " + text(end), remedy);
        }
        Duration left = Duration.between(now, end);
        if (left.compareTo(soon.dividedBy(4)) < 0) {
            return Check.weak(about, Severity.HIGH, renewed(), found, remedy);
        }
        return left.compareTo(soon) < 0
                ? Check.weak(about, Severity.MEDIUM, renewed(), found, remedy)
                : Check.right(about, found);
    }

    private String renewed() {
        return what + " for " + text(soon) + " or more";
    }

    static String text(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A span in the largest unit that says enough. */
    static String text(Duration span) {
        if (span.toDays() > 1) {
            return span.toDays() + " days";
        }
        return span.toHours() > 1 ? span.toHours() + " hours" : span.toMinutes() + " minutes";
    }
}
