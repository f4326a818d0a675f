package org.sealkeeper.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What is asked of emergencies: whether somebody reviews them. No review is recorded, so recent ones are pointed at. */
public final class EmergencyChecks {
    /** 45 CFR 164.316(b)(2)(i). */
    private static final Duration KEPT = Duration.ofDays(6 * 365);

    private static final Duration RECENT = Duration.ofDays(30);

    /** Of all that there were. */
    public static final List<Check<List<Emergency>>> EMERGENCIES =
            List.of(new Check<>("emergency-review", Safeguard.ACTIVITY_REVIEW, EmergencyChecks::reviews));

    private EmergencyChecks() {}

    /**
     * A break of the glass.
     *
     * @param leaf of the audit log that began it
     */
    public record Emergency(long leaf, Instant beganAt) {}

    private static Stream<Answer> reviews(List<Emergency> emergencies, Instant now) {
        long kept = within(KEPT, emergencies, now).count();
        List<Emergency> recent = within(RECENT, emergencies, now).toList();
        return Stream.of(
                recent.isEmpty()
                        ? Check.right("emergencies", "none within 30 days, " + kept + " within six years")
                        : Check.weak(
                                "emergencies",
                                Severity.MEDIUM,
                                "each to be reviewed",
                                recent.size() + " within 30 days, the first at leaf "
                                        + recent.getFirst().leaf() + "; " + kept + " within six years",
                                "review them: sealkeeper audit emergencies"));
    }

    private static Stream<Emergency> within(Duration span, List<Emergency> emergencies, Instant now) {
        return emergencies.stream().filter(emergency -> !emergency.beganAt().isBefore(now.minus(span)));
    }
}
