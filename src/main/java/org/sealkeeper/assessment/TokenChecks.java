package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What is asked of the tokens, as they are declared. */
public final class TokenChecks {
    /** What the kinds of tokens that are programs are called. */
    private static final Set<String> PROGRAMS = Set.of("softhsm", "soft token", "kryoptic");

    /** Of the kinds of all of them, one for each. */
    public static final List<Check<List<String>>> KINDS = List.of(
            new Check<>("token-alone", Safeguard.RECOVERY, TokenChecks::alone),
            new Check<>("token-software", Safeguard.ACCESS_CONTROL, TokenChecks::software));

    private TokenChecks() {}

    private static Stream<Answer> alone(List<String> kinds, Instant now) {
        return Stream.of(
                kinds.size() < 2
                        ? Check.weak(
                                "tokens",
                                Severity.LOW,
                                "a second token",
                                "one: if it is lost, so are its keys",
                                "declare a second one (docs/operations/provision.md), or keep its maker's backup")
                        : Check.right("tokens", kinds.size() + " are declared"));
    }

    private static Stream<Answer> software(List<String> kinds, Instant now) {
        return kinds.stream()
                .map(kind -> isProgram(kind)
                        ? Check.weak(
                                kind,
                                Severity.MEDIUM,
                                "a hardware security module",
                                "a program: its files and the user PIN give every key",
                                "use it for development and tests alone (docs/operations/hsm-vendors.md)")
                        : Check.right(kind, "its profile is not that of a program"));
    }

    private static boolean isProgram(String kind) {
        return PROGRAMS.stream().anyMatch(kind.toLowerCase(Locale.ROOT)::contains);
    }
}
