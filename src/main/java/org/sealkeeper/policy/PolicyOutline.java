package org.sealkeeper.policy;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a policy says as a whole, for those who look for what is too wide or not needed.
 *
 * @param rules denials first, then grants, each in the order of the file
 * @param roles in the order of the file
 * @param separationExceptions the roles that both use and administer one data key
 */
public record PolicyOutline(List<OutlinedRule> rules, List<OutlinedRole> roles, Set<String> separationExceptions) {
    public PolicyOutline {
        rules = List.copyOf(rules);
        roles = List.copyOf(roles);
        separationExceptions = Set.copyOf(separationExceptions);
    }

    /**
     * A grant or a denial.
     *
     * @param path its name in verdicts and in the audit log
     * @param operations always in the same order
     * @param asksForFactors whether it grants only to callers who showed more than one factor
     * @param limits to what it is limited, each in words
     */
    public record OutlinedRule(
            String path,
            boolean isGrant,
            List<String> roles,
            Set<PolicyOperation> operations,
            boolean asksForFactors,
            List<String> limits) {
        public OutlinedRule {
            roles = List.copyOf(roles);
            operations = Collections.unmodifiableSet(new TreeSet<>(operations));
            limits = List.copyOf(limits);
        }
    }

    /**
     * A role.
     *
     * @param callers who has it, each in words
     * @param isEveryones whether every caller with a certificate has it
     * @param isByToken whether a caller with a bearer token, as people have them, can have it
     */
    public record OutlinedRole(String name, List<String> callers, boolean isEveryones, boolean isByToken) {
        public OutlinedRole {
            callers = List.copyOf(callers);
        }

        /** Whether anything is said of who has it. */
        public boolean hasCallers() {
            return !callers.isEmpty();
        }

        static OutlinedRole of(String name, List<CallerMatcher> callers) {
            return new OutlinedRole(
                    name,
                    callers.stream().map(CallerMatcher::words).toList(),
                    callers.stream().anyMatch(CallerMatcher::isEveryones),
                    callers.stream().anyMatch(caller -> caller.token().isPresent()));
        }
    }

    static PolicyOutline of(List<Rule> rules, Roles roles) {
        return new PolicyOutline(
                rules.stream().map(rule -> outlined(rule, roles)).toList(),
                IntStream.range(0, roles.names().size())
                        .mapToObj(role -> OutlinedRole.of(
                                roles.names().get(role), roles.matchersOf(role).toList()))
                        .toList(),
                exceptions(rules, roles));
    }

    private static OutlinedRule outlined(Rule rule, Roles roles) {
        return new OutlinedRule(
                rule.path(),
                rule.kind() == Rule.Kind.GRANT,
                roles.namesOf(rule.roles()),
                rule.operations(),
                rule.mfa().isPresent(),
                limits(rule));
    }

    private static List<String> limits(Rule rule) {
        return Stream.of(
                        rule.chains().map(chains -> "chains " + words(chains)),
                        rule.keys().map(keys -> "keys " + words(keys)),
                        rule.purposes().map(purposes -> "purposes " + words(purposes)),
                        rule.mfa().map(_ -> "multi-factor authentication"),
                        rule.condition().map(condition -> "when " + condition.text()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String words(List<?> names) {
        return names.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /** The policy was accepted, so each role that does both is named as an exception. */
    private static Set<String> exceptions(List<Rule> rules, Roles roles) {
        Set<String> both = new TreeSet<>();
        for (Rule user : grants(rules, PolicyOperation.USE)) {
            for (Rule administrator : grants(rules, PolicyOperation.ADMINISTRATION)) {
                BitSet colliding = Separation.collision(user, administrator);
                both.addAll(roles.namesOf(colliding));
            }
        }
        return both;
    }

    private static List<Rule> grants(List<Rule> rules, Set<PolicyOperation> operations) {
        Stream<Rule> grants = rules.stream().filter(rule -> rule.kind() == Rule.Kind.GRANT);
        return grants.filter(grant -> grant.operations().stream().anyMatch(operations::contains))
                .toList();
    }
}
