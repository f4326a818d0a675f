package org.sealkeeper.console;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.policy.PolicyComparison;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Verdict;

/**
 * A decision that differs.
 *
 * @param about chain or key, and purpose
 */
record PolicyChange(String caller, String operation, String about, String before, String after) {

    static PolicyChange of(PolicyComparison.Change change) {
        PolicyRequest request = change.request();
        String about = Stream.of(
                        request.chain().stream().map(chain -> "chain " + chain),
                        request.key().stream().map(key -> "key " + key),
                        request.purpose().stream().map(purpose -> "for " + purpose))
                .flatMap(words -> words)
                .collect(Collectors.joining(", "));
        return new PolicyChange(
                caller(request.caller()),
                request.operation().text(),
                about,
                text(change.before()),
                text(change.after()));
    }

    private static String caller(Caller caller) {
        return caller.fullName()
                + caller.token().map(token -> " with " + token.claims()).orElse("");
    }

    private static String text(Verdict verdict) {
        return (verdict.isAllowed() ? "allowed by " : "denied by ") + verdict.rule();
    }
}
