package org.sealkeeper.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What is asked of emergencies: whether each was reviewed in time. */
public final class EmergencyChecks {
    /** 45 CFR 164.316(b)(2)(i). */
    private static final Duration KEPT = Duration.ofDays(6 * 365);

    /** Of all that there were. */
    public static final List<Check<List<Emergency>>> EMERGENCIES =
            List.of(new Check<>("emergency-review", Safeguard.ACTIVITY_REVIEW, EmergencyChecks::reviews));

    private EmergencyChecks() {}

    /**
     * A break of the glass.
     *
     * @param leaf of the audit log that began it
     * @param isOverdue whether none reviewed it in time
     */
    public record Emergency(long leaf, Instant beganAt, boolean isReviewed, boolean isOverdue) {}

    private static Stream<Answer> reviews(List<Emergency> emergencies, Instant now) {
        long kept = emergencies.stream()
                .filter(emergency -> !emergency.beganAt().isBefore(now.minus(KEPT)))
                .count();
        List<Emergency> open = emergencies.stream()
                .filter(emergency -> !emergency.isReviewed())
                .toList();
        return Stream.of(
                open.isEmpty()
                        ? Check.right("emergencies", kept + " within six years, each reviewed")
                        : Check.weak(
                                "emergencies",
                                open.stream().anyMatch(Emergency::isOverdue) ? Severity.HIGH : Severity.LOW,
                                "each to be reviewed within a week",
                                open.size() + " without a review, the first at leaf "
                                        + open.getFirst().leaf() + "; " + kept + " within six years",
                                "review them in the console: /console/emergencies"));
    }
}
