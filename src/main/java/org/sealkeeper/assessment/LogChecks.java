package org.sealkeeper.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What is asked of the audit log and of what watches over it. */
public final class LogChecks {
    /** A running appliance signs a checkpoint four times a second, once its tokens remember the leaves. */
    static final Duration CHECKPOINT = Duration.ofMinutes(1);

    static final Duration WITNESS = Duration.ofHours(1);
    private static final Duration SHORT_WINDOW = Duration.ofSeconds(10);
    private static final String LOG = "the audit log";

    /** Where it matters whether the appliance runs: else nothing signs checkpoints, or has them cosigned. */
    public static final List<Check<Watched>> WATCHED = List.of(
            new Check<>("checkpoint-age", Safeguard.AUDIT_CONTROLS, LogChecks::checkpoint),
            new Check<>("witness-age", Safeguard.INTEGRITY, LogChecks::witnessAge));

    /** In any case. */
    public static final List<Check<LogStatus>> ALWAYS = List.of(
            new Check<>("witness-none", Safeguard.INTEGRITY, LogChecks::witnesses),
            new Check<>("rollback-protection", Safeguard.INTEGRITY, LogChecks::protection));

    private LogChecks() {}

    /** A log, and whether its appliance runs. */
    public record Watched(LogStatus log, boolean isRunning) {}

    private static Stream<Answer> checkpoint(Watched watched, Instant now) {
        LogStatus log = watched.log();
        if (!watched.isRunning()) {
            return Stream.of(Check.right(
                    LOG, log.size() - log.checkpointed() + " leaves wait for the checkpoint of the next start"));
        }
        return Stream.of(
                isOlder(log.lacksSince(), CHECKPOINT, now)
                        ? Check.weak(
                                LOG,
                                Severity.HIGH,
                                "a checkpoint within a minute of each leaf",
                                log.size() - log.checkpointed() + " leaves have none, the first "
                                        + since(log.lacksSince()),
                                "see why in /q/health and the appliance's log (docs/operations/run.md)")
                        : Check.right(LOG, "its newest checkpoint has all leaves but those of the last minute"));
    }

    private static Stream<Answer> witnessAge(Watched watched, Instant now) {
        LogStatus log = watched.log();
        if (log.witnesses() == 0 || !watched.isRunning()) {
            return Stream.empty();
        }
        boolean isOlder = isOlder(log.notCosignedSince(), WITNESS, now);
        boolean isFarOlder = isOlder(log.notCosignedSince(), WITNESS.multipliedBy(24), now);
        return Stream.of(
                isOlder
                        ? Check.weak(
                                LOG,
                                isFarOlder ? Severity.HIGH : Severity.MEDIUM,
                                "a witness to cosign within an hour",
                                log.size() - log.cosigned() + " leaves no witness has seen, the first "
                                        + since(log.notCosignedSince()),
                                "ask the witnesses' operators; the appliance's log says why none cosigned")
                        : Check.right(LOG, "a witness cosigned within the hour"));
    }

    private static Stream<Answer> witnesses(LogStatus log, Instant now) {
        String remedy =
                "name a witness that somebody else runs in 'witnesses' of audit.yaml (docs/operations/audit.md)";
        return Stream.of(
                switch (log.witnesses()) {
                    case 0 ->
                        Check.weak(
                                LOG,
                                Severity.MEDIUM,
                                "witnesses",
                                "none: two auditors can be shown two histories",
                                remedy);
                    case 1 ->
                        Check.weak(
                                LOG,
                                Severity.LOW,
                                "two witnesses or more",
                                "one: after a start nothing is signed while it is away",
                                remedy);
                    default -> Check.right(LOG, log.witnesses() + " witnesses are asked");
                });
    }

    private static Stream<Answer> protection(LogStatus log, Instant now) {
        return Stream.of(log.protection()
                .window()
                .map(window -> Check.weak(
                        LOG,
                        window.compareTo(SHORT_WINDOW) > 0 ? Severity.MEDIUM : Severity.LOW,
                        "the token to remember every group",
                        "a rollback of the last " + window.toSeconds() + " s goes unnoticed after a crash",
                        "write 'rollbackProtection: every-group' into audit.yaml, if the token is fast enough"))
                .orElseGet(() -> Check.right(LOG, "the token remembers every group")));
    }

    private static boolean isOlder(Optional<Instant> leaf, Duration most, Instant now) {
        return leaf.filter(time -> time.isBefore(now.minus(most))).isPresent();
    }

    private static String since(Optional<Instant> leaf) {
        return leaf.map(time -> "of " + Ends.text(time)).orElse("of now");
    }
}
