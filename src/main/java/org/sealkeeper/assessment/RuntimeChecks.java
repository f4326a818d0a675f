package org.sealkeeper.assessment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What is asked of what it runs on: the JDK, and the clock. */
public final class RuntimeChecks {
    /** Updates come each quarter. */
    private static final long UPDATE_DAYS = 100;

    private static final long YEAR_DAYS = 365;

    /** Of the JDK. */
    public static final List<Check<Jdk>> JDK =
            List.of(new Check<>("jdk-age", Safeguard.MALICIOUS_SOFTWARE, RuntimeChecks::jdk));

    /** Of the clock. */
    public static final List<Check<Clock>> CLOCK =
            List.of(new Check<>("clock-synchronised", Safeguard.AUDIT_CONTROLS, RuntimeChecks::clock));

    private RuntimeChecks() {}

    /** Which JDK runs this, and when that was released. */
    public record Jdk(String version, LocalDate released) {}

    /** What the operating system says of its clock. */
    public enum Clock {
        SYNCHRONISED,
        NOT_SYNCHRONISED,
        /** It does not tell. */
        UNTOLD
    }

    private static Stream<Answer> jdk(Jdk jdk, Instant now) {
        long days = ChronoUnit.DAYS.between(jdk.released(), LocalDate.ofInstant(now, ZoneOffset.UTC));
        String found = jdk.version() + ", released on " + jdk.released();
        return Stream.of(
                days > UPDATE_DAYS
                        ? Check.weak(
                                "JDK",
                                days > YEAR_DAYS ? Severity.MEDIUM : Severity.LOW,
                                "a JDK of the last quarter: each has repairs of weaknesses",
                                found,
                                "install the newest update of JDK 25, and start the appliance again")
                        : Check.right("JDK", found));
    }

    private static Stream<Answer> clock(Clock clock, Instant now) {
        return Stream.of(
                switch (clock) {
                    case SYNCHRONISED -> Check.right("clock", "it follows a source of time");
                    case NOT_SYNCHRONISED ->
                        Check.weak(
                                "clock",
                                Severity.MEDIUM,
                                "a clock that follows a source of time",
                                "the kernel calls it not synchronised",
                                "run chrony or systemd-timesyncd on this machine, or on the one below it");
                    case UNTOLD ->
                        new Answer(
                                "clock",
                                new Outcome.OutOfSight(
                                        "the operating system does not tell whether its clock is synchronised",
                                        "ask on the machine below: timedatectl, or chronyc tracking"));
                });
    }
}
