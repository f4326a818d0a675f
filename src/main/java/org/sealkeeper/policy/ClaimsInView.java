package org.sealkeeper.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sealkeeper.identity.BearerToken;

/**
 * The claims of tokens a policy looks at: those its roles and factors compare with texts, and those its conditions read. No other
 * claim can change a decision.
 */
public final class ClaimsInView {
    private static final Set<String> OF_THE_IDENTITY = Set.of("iss", "sub");

    private final Map<String, Set<String>> compared = new HashMap<>();
    private final Set<String> read = new TreeSet<>();
    private boolean isUnbounded;

    ClaimsInView(List<CallerMatcher> matchers, List<Rule> rules) {
        matchers.stream()
                .flatMap(matcher -> matcher.token().stream())
                .forEach(token -> token.claims().forEach(this::compare));
        for (Rule rule : rules) {
            rule.mfa().ifPresent(factors -> {
                factors.amr().forEach(method -> compare("amr", method));
                factors.acr().forEach(context -> compare("acr", context));
            });
            rule.condition().map(Condition::claims).ifPresent(claims -> {
                read.addAll(claims.names());
                isUnbounded |= claims.isUnbounded();
            });
        }
    }

    private void compare(String claim, String text) {
        if (!OF_THE_IDENTITY.contains(claim)) {
            compared.computeIfAbsent(claim, _ -> new TreeSet<>()).add(text);
        }
    }

    /** Whether every decision can be made again from issuer, subject and {@link #of}: no condition handles the claims as a whole. */
    public boolean areBounded() {
        return !isUnbounded;
    }

    public boolean isEmpty() {
        return compared.isEmpty() && read.isEmpty() && !isUnbounded;
    }

    /**
     * What the policy sees of a token: of a claim it compares, the texts it asks for and the token has; of one that a condition
     * reads, all of it.
     */
    public SortedMap<String, Object> of(BearerToken token) {
        SortedMap<String, Object> seen = new TreeMap<>();
        compared.forEach((claim, texts) -> {
            List<String> found = new ArrayList<>(texts);
            found.removeIf(text -> !token.has(claim, text));
            if (!found.isEmpty()) {
                seen.put(claim, found);
            }
        });
        for (String claim : read) {
            Object value = token.claims().get(claim);
            if (value != null) {
                seen.put(claim, value);
            }
        }
        return seen;
    }
}
