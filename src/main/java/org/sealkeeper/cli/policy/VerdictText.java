package org.sealkeeper.cli.policy;

import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.policy.Explanation;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Verdict;

/** What a policy was asked and what it said, for people. */
final class VerdictText {
    private VerdictText() {}

    static String of(Verdict verdict) {
        return word(verdict) + " by " + verdict.rule();
    }

    static String word(Verdict verdict) {
        return verdict.isAllowed() ? "allowed" : "denied";
    }

    /** What each rule that names the operation had to do with it. */
    static List<String> lines(Explanation explanation) {
        return explanation.rules().stream()
                .map(rule -> rule.rule() + ": " + rule.match().text()
                        + rule.failure().map(reason -> ": " + reason).orElse(""))
                .toList();
    }

    /** Caller, operation, and what it is about. */
    static String of(PolicyRequest request) {
        return Stream.of(
                        Stream.of(caller(request.caller()), request.operation().text()),
                        request.chain().stream().map(chain -> "chain " + chain),
                        request.key().stream().map(key -> "key " + key),
                        request.purpose().stream().map(purpose -> "for " + purpose))
                .flatMap(words -> words)
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }

    private static String caller(Caller caller) {
        return Stream.concat(
                        caller.certificate().stream().map(Object::toString),
                        caller.token().stream()
                                .map(token -> token.subject() + " of " + token.issuer() + " " + token.claims()))
                .reduce((one, other) -> one + " with " + other)
                .orElseThrow();
    }
}
