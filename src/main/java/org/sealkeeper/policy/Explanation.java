package org.sealkeeper.policy;

import java.util.List;
import java.util.Optional;

/**
 * A verdict, and what every rule that names the operation had to do with it.
 *
 * @param roles the caller's
 * @param rules denials first, then grants, each in the order of the file
 */
public record Explanation(Verdict verdict, List<String> roles, List<RuleMatch> rules) {
    public Explanation {
        roles = List.copyOf(roles);
        rules = List.copyOf(rules);
    }

    /**
     * One rule.
     *
     * @param rule {@code grants/<name>} or {@code denials/<name>}
     * @param failure why the condition could not be evaluated, if it could not
     */
    public record RuleMatch(String rule, Match match, Optional<String> failure) {}
}
