package org.sealkeeper.policy;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a policy says as a whole, for who looks for what is too wide or not needed.
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
     * @param asksForFactors whether it grants only to callers who showed more than one factor
     */
    public record OutlinedRule(
            String path, boolean isGrant, List<String> roles, Set<PolicyOperation> operations, boolean asksForFactors) {
        public OutlinedRule {
            roles = List.copyOf(roles);
            operations = Set.copyOf(operations);
        }
    }

    /**
     * A role.
     *
     * @param hasCallers whether anything is said of who has it
     * @param isEveryones whether every caller with a certificate has it
     * @param isByToken whether a caller with a bearer token, as people have them, can have it
     */
    public record OutlinedRole(String name, boolean hasCallers, boolean isEveryones, boolean isByToken) {
        static OutlinedRole of(String name, List<CallerMatcher> callers) {
            return new OutlinedRole(
                    name,
                    !callers.isEmpty(),
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
                rule.mfa().isPresent());
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
