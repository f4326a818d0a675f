package org.sealkeeper.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.PolicyOutline.OutlinedRole;
import org.sealkeeper.policy.PolicyOutline.OutlinedRule;

/** What is asked of the policy alone: whether it grants more than it should. */
public final class PolicyChecks {
    private static final Duration LONGEST_EMERGENCY = Duration.ofHours(1);
    private static final Set<PolicyOperation> HARMLESS =
            EnumSet.of(PolicyOperation.READ_KEYS, PolicyOperation.VERIFY_SIGNATURE);
    private static final String NONE = "the policy";

    /** All of them. */
    public static final List<Check<PolicyUse>> POLICY = List.of(
            new Check<>("policy-warning", Safeguard.ACCESS_CONTROL, PolicyChecks::warnings),
            new Check<>("grant-to-everyone", Safeguard.ACCESS_CONTROL, PolicyChecks::toEveryone),
            new Check<>("unwrap-without-mfa", Safeguard.AUTHENTICATION, PolicyChecks::withoutFactors),
            new Check<>("emergency-window", Safeguard.EMERGENCY_ACCESS, PolicyChecks::emergencyWindow),
            new Check<>("separation-exception", Safeguard.INFORMATION_ACCESS, PolicyChecks::separation));

    private PolicyChecks() {}

    private static Stream<Answer> warnings(PolicyUse policy, Instant now) {
        return all(
                policy.warnings().stream()
                        .map(warning -> Check.weak(
                                NONE, Severity.LOW, "no warning", warning, "sealkeeper policy check -f policy.yaml")),
                "it is checked without a warning");
    }

    private static Stream<Answer> toEveryone(PolicyUse policy, Instant now) {
        return all(
                grants(policy, OutlinedRole::isEveryones)
                        .map(grant -> Check.weak(
                                grant.path(),
                                HARMLESS.containsAll(grant.operations()) ? Severity.LOW : Severity.HIGH,
                                "a grant to callers who are named",
                                "every certificate of the authorities may " + operations(grant),
                                "name the callers, or a prefix of theirs, in the role")),
                "no grant is to everyone");
    }

    private static Stream<Answer> withoutFactors(PolicyUse policy, Instant now) {
        return all(
                grants(policy, OutlinedRole::isByToken)
                        .filter(grant -> grant.operations().contains(PolicyOperation.UNWRAP_DATA_KEY))
                        .filter(grant -> !grant.asksForFactors())
                        .map(grant -> Check.weak(
                                grant.path(),
                                Severity.MEDIUM,
                                "'mfa: required' where people open records",
                                "a token of one factor is enough",
                                "add 'mfa: required' to the grant")),
                "no grant lets people open records with one factor alone");
    }

    private static Stream<Answer> emergencyWindow(PolicyUse policy, Instant now) {
        return policy.emergencyWindow().stream()
                .map(window -> window.compareTo(LONGEST_EMERGENCY) > 0
                        ? Check.weak(
                                NONE,
                                Severity.MEDIUM,
                                "an emergency to last an hour at the most",
                                window.toMinutes() + " minutes",
                                "lower 'emergency: {windowMinutes: …}': who still needs it justifies it anew")
                        : Check.right(NONE, "an emergency lasts " + window.toMinutes() + " minutes"));
    }

    private static Stream<Answer> separation(PolicyUse policy, Instant now) {
        return all(
                policy.outline().separationExceptions().stream()
                        .sorted()
                        .map(role -> Check.weak(
                                "roles/" + role,
                                Severity.MEDIUM,
                                "no role that both uses a data key and administers it",
                                "the policy makes an exception of it",
                                "give one of the two to another role, and take it out of 'separationExceptions'")),
                "no role both uses and administers a data key");
    }

    /** Grants to a role of this kind. */
    private static Stream<OutlinedRule> grants(PolicyUse policy, Predicate<OutlinedRole> kind) {
        Set<String> roles = policy.outline().roles().stream()
                .filter(kind)
                .map(OutlinedRole::name)
                .collect(Collectors.toSet());
        return policy.outline().rules().stream()
                .filter(OutlinedRule::isGrant)
                .filter(grant -> grant.roles().stream().anyMatch(roles::contains));
    }

    private static String operations(OutlinedRule rule) {
        return rule.operations().stream().map(PolicyOperation::text).sorted().collect(Collectors.joining(", "));
    }

    /** These, or that there are none. */
    static Stream<Answer> all(Stream<Answer> weak, String otherwise) {
        List<Answer> found = weak.toList();
        return found.isEmpty() ? Stream.of(Check.right(NONE, otherwise)) : found.stream();
    }
}
