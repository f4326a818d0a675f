package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.List;

/** What checks say, in short: the id, what it is about, and the severity, or {@code right} and the like. */
final class Judged {
    private Judged() {}

    static <T> List<String> by(List<Check<T>> checks, T seen, Instant now) {
        return checks.stream()
                .flatMap(check -> check.findings(seen, now))
                .map(finding -> finding.id() + " " + finding.about() + ": " + status(finding.outcome()))
                .toList();
    }

    private static String status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Weak weak -> weak.severity().text();
            case Outcome.Right _ -> "right";
            case Outcome.Unchecked _ -> "unchecked";
            case Outcome.OutOfSight _ -> "out of sight";
        };
    }
}
