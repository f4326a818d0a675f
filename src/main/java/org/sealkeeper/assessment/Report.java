package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an assessment found, the gravest first.
 *
 * @param version of the program that was assessed, and assessed itself
 * @param components what it is made of, each with its version
 */
public record Report(Instant at, String version, List<Finding> findings, List<String> components) {
    public Report {
        findings = findings.stream()
                .sorted(Comparator.comparingInt(Finding::rank)
                        .thenComparing(Finding::id)
                        .thenComparing(Finding::about))
                .toList();
        components = components.stream().sorted().toList();
    }

    /** Whether nothing that matters so much is to be put right, or looked into. */
    public boolean isGood(Severity minimum) {
        return findings.stream().noneMatch(finding -> finding.reaches(minimum));
    }

    /** How many weaknesses there are of a severity. */
    public long weak(Severity severity) {
        return count(outcome -> outcome instanceof Outcome.Weak weak && weak.severity() == severity);
    }

    public long unchecked() {
        return count(Outcome.Unchecked.class::isInstance);
    }

    public long outOfSight() {
        return count(Outcome.OutOfSight.class::isInstance);
    }

    public long right() {
        return count(Outcome.Right.class::isInstance);
    }

    private long count(Predicate<Outcome> isCounted) {
        return findings.stream().map(Finding::outcome).filter(isCounted).count();
    }
}
