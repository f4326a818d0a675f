package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What is asked of the appliance as a whole: how it is, and who is asked or told. */
public final class ApplianceChecks {
    /** How it is. */
    public static final List<Check<Life>> LIFE =
            List.of(new Check<>("appliance-health", Safeguard.RISK_MANAGEMENT, ApplianceChecks::health));

    /** How many officers approve changes. */
    public static final List<Check<Integer>> OFFICERS =
            List.of(new Check<>("officers-none", Safeguard.INFORMATION_ACCESS, ApplianceChecks::officers));

    /** Whether a webhook is told of what must not wait. */
    public static final List<Check<Boolean>> ALERTS =
            List.of(new Check<>("alerts-none", Safeguard.INCIDENTS, ApplianceChecks::alerts));

    private static final String APPLIANCE = "the appliance";

    private ApplianceChecks() {}

    /**
     * Whether it runs, and how it is.
     *
     * @param health what is not well, by name; empty where nothing answers at the management address
     * @param log what its starts and stops say
     */
    public record Life(Optional<List<String>> health, LogFacts log) {
        boolean wasStopped() {
            return log.started().isEmpty()
                    || log.stopped()
                            .filter(stop -> !stop.isBefore(log.started().get()))
                            .isPresent();
        }
    }

    private static Stream<Answer> health(Life life, Instant now) {
        return Stream.of(life.health()
                .map(ApplianceChecks::running)
                .orElseGet(() -> life.wasStopped()
                        ? Check.right(APPLIANCE, "it does not run: it was stopped, or never started")
                        : Check.weak(
                                APPLIANCE,
                                Severity.HIGH,
                                "it to answer at its management address, or to have been stopped in order",
                                "it started, did not stop in order, and does not answer",
                                "start it; if it runs elsewhere, assess it there")));
    }

    private static Answer running(List<String> unwell) {
        return unwell.isEmpty()
                ? Check.right(APPLIANCE, "it runs, and all is well with it")
                : Check.weak(
                        APPLIANCE,
                        Severity.HIGH,
                        "all to be well with it",
                        "not well: " + String.join(", ", unwell),
                        "see /q/health at the management address, and docs/operations/run.md");
    }

    private static Stream<Answer> officers(Integer officers, Instant now) {
        return Stream.of(
                officers == 0
                        ? Check.weak(
                                "officers",
                                Severity.MEDIUM,
                                "several people to approve changes of keys",
                                "one operator alone changes them",
                                "name officers: sealkeeper officers set (docs/operations/ceremony.md)")
                        : Check.right("officers", officers + " officers approve changes"));
    }

    private static Stream<Answer> alerts(Boolean isTold, Instant now) {
        return Stream.of(
                isTold
                        ? Check.right("alerts", "a webhook is told at once")
                        : Check.weak(
                                "alerts",
                                Severity.LOW,
                                "somebody to be told at once",
                                "alerts.webhook is 'none': emergencies and stops are in the log and the metrics alone",
                                "write an https address into 'alerts' of appliance.yaml"));
    }
}
