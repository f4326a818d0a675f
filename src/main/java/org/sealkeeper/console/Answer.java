package org.sealkeeper.console;

import java.time.Instant;
import java.util.List;
import org.sealkeeper.policy.Explanation;
import org.sealkeeper.policy.Policy;

/**
 * What a policy says to a {@link Question}.
 *
 * @param tone the class of its style
 * @param roles of the caller
 * @param rules what each that names the operation had to do with it
 */
record Answer(String tone, String text, List<String> roles, List<String> rules) {

    static Answer of(Policy policy, Question question, Instant now) {
        try {
            return of(policy.explain(question.request(now)));
        } catch (IllegalArgumentException cannot) {
            return new Answer("warn", String.valueOf(cannot.getMessage()), List.of(), List.of());
        }
    }

    private static Answer of(Explanation explanation) {
        boolean isAllowed = explanation.verdict().isAllowed();
        return new Answer(
                isAllowed ? "good" : "bad",
                (isAllowed ? "Allowed by " : "Denied by ")
                        + explanation.verdict().rule(),
                explanation.roles(),
                explanation.rules().stream().map(Answer::text).toList());
    }

    private static String text(Explanation.RuleMatch rule) {
        return rule.rule() + ": " + rule.match().text()
                + rule.failure().map(reason -> ": " + reason).orElse("");
    }
}
