package org.sealkeeper.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;
import org.sealkeeper.policy.PolicyOutline.OutlinedRole;
import org.sealkeeper.policy.PolicyOutline.OutlinedRule;

/** What is asked of the policy and the log together: whether its rules and roles are of any use. */
public final class RuleChecks {
    /** A rule that decided nothing for so long is not used. */
    static final Duration UNUSED = Duration.ofDays(90);
    /** A log that is younger tells nothing about that. */
    static final Duration TOO_YOUNG = Duration.ofDays(30);

    /** All of them. */
    public static final List<Check<PolicyUse>> RULES = List.of(
            new Check<>(
                    "grant-unused",
                    Safeguard.INFORMATION_ACCESS,
                    (policy, now) ->
                            unused(policy, now, OutlinedRule::isGrant, "take out what is not needed: least privilege")),
            new Check<>(
                    "denial-unmatched",
                    Safeguard.INFORMATION_ACCESS,
                    (policy, now) -> unused(
                            policy,
                            now,
                            rule -> !rule.isGrant(),
                            "keep it if it is a precaution; else take it out, or correct whom it is about")),
            new Check<>("role-without-caller", Safeguard.ACCESS_CONTROL, RuleChecks::withoutCaller),
            new Check<>("role-without-rule", Safeguard.ACCESS_CONTROL, RuleChecks::withoutRule));

    private RuleChecks() {}

    private static Stream<Answer> unused(PolicyUse policy, Instant now, Predicate<OutlinedRule> kind, String remedy) {
        Optional<Instant> begin = policy.log().first().filter(first -> !first.isAfter(now.minus(TOO_YOUNG)));
        if (begin.isEmpty()) {
            return Stream.of(new Answer(
                    "the policy",
                    new Outcome.OutOfSight(
                            "the log is younger than " + TOO_YOUNG.toDays() + " days: it cannot tell what is not used",
                            "assess again later")));
        }
        Instant since = now.minus(UNUSED);
        return PolicyChecks.all(
                policy.outline().rules().stream()
                        .filter(kind)
                        .filter(rule -> lastUse(rule, policy)
                                .filter(last -> !last.isBefore(since))
                                .isEmpty())
                        .map(rule -> Check.weak(
                                rule.path(),
                                Severity.LOW,
                                "it to decide something within " + UNUSED.toDays() + " days",
                                lastUse(rule, policy)
                                        .map(last -> "it last did on " + Ends.text(last))
                                        .orElse("it never did since " + Ends.text(begin.get())),
                                remedy)),
                "each decided something within " + UNUSED.toDays() + " days, or there is none");
    }

    private static Optional<Instant> lastUse(OutlinedRule rule, PolicyUse policy) {
        return Optional.ofNullable(policy.log().rules().get(rule.path()));
    }

    private static Stream<Answer> withoutCaller(PolicyUse policy, Instant now) {
        return roles(
                policy,
                role -> !role.hasCallers(),
                "callers in it",
                "none: what is granted or denied to it is so to no caller");
    }

    private static Stream<Answer> withoutRule(PolicyUse policy, Instant now) {
        Set<String> named = policy.outline().rules().stream()
                .flatMap(rule -> rule.roles().stream())
                .collect(Collectors.toSet());
        return roles(policy, role -> !named.contains(role.name()), "a rule that names it", "none does");
    }

    private static Stream<Answer> roles(
            PolicyUse policy, Predicate<OutlinedRole> isIdle, String expected, String found) {
        return PolicyChecks.all(
                policy.outline().roles().stream()
                        .filter(isIdle)
                        .map(role -> Check.weak(
                                "roles/" + role.name(),
                                Severity.LOW,
                                expected,
                                found,
                                "take it out, or correct the name")),
                "there is none");
    }
}
