package org.sealkeeper.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;

/**
 * Asks two policies everything that either of them speaks of: every caller, operation, chain, key and purpose it names, one
 * example of every prefix, and a caller it does not name. It cannot know what a condition on anything else would say: every request is made at
 * one time, without height and recipient, and no caller has claims but those of one matcher.
 */
public final class PolicyComparison {
    private static final String EXAMPLE = "example";

    private final Policy before;
    private final Policy after;
    private final Instant now;
    private final Set<Caller> callers = new LinkedHashSet<>();
    private final Set<ChainName> chains = new LinkedHashSet<>();
    private final Set<KeyAlias> keys = new LinkedHashSet<>();
    private final Set<Optional<Purpose>> purposes = new LinkedHashSet<>();

    /** Takes the time at which all requests are made. */
    public PolicyComparison(Policy before, Policy after, Instant now) {
        this.before = before;
        this.after = after;
        this.now = now;
        Stream.of(before, after).forEach(this::collect);
        callers.add(Caller.of(new CallerId("urn:" + EXAMPLE + ":stranger")));
        chains.add(new ChainName(EXAMPLE));
        keys.add(new KeyAlias(EXAMPLE));
        purposes.add(Optional.empty());
    }

    /** A decision that differs. */
    public record Change(PolicyRequest request, Verdict before, Verdict after) {}

    /** How many requests both are asked. */
    public long size() {
        long subjects = 0;
        for (PolicyOperation operation : PolicyOperation.values()) {
            long purposesOfIt = operation.hasPurpose() ? purposes.size() : 1;
            subjects += purposesOfIt
                    * switch (operation.resource()) {
                        case CHAIN -> chains.size();
                        case KEY -> keys.size();
                        case NONE -> 1;
                    };
        }
        return subjects * callers.size();
    }

    /** The requests that one policy allows and the other denies. */
    public Stream<Change> changes() {
        return callers.stream().flatMap(this::requests).flatMap(request -> {
            Verdict old = before.decide(request);
            Verdict fresh = after.decide(request);
            return old.isAllowed() == fresh.isAllowed() ? Stream.empty() : Stream.of(new Change(request, old, fresh));
        });
    }

    private Stream<PolicyRequest> requests(Caller caller) {
        List<PolicyRequest> requests = new ArrayList<>();
        for (PolicyOperation operation : PolicyOperation.values()) {
            for (Optional<Purpose> purpose :
                    operation.hasPurpose() ? purposes : Set.<Optional<Purpose>>of(Optional.empty())) {
                switch (operation.resource()) {
                    case CHAIN ->
                        chains.forEach(chain -> requests.add(
                                request(caller, operation, Optional.of(chain), Optional.empty(), purpose)));
                    case KEY ->
                        keys.forEach(key ->
                                requests.add(request(caller, operation, Optional.empty(), Optional.of(key), purpose)));
                    case NONE -> requests.add(request(caller, operation, Optional.empty(), Optional.empty(), purpose));
                }
            }
        }
        return requests.stream();
    }

    private PolicyRequest request(
            Caller caller,
            PolicyOperation operation,
            Optional<ChainName> chain,
            Optional<KeyAlias> key,
            Optional<Purpose> purpose) {
        return new PolicyRequest(caller, operation, chain, key, purpose, OptionalLong.empty(), Optional.empty(), now);
    }

    private void collect(Policy policy) {
        policy.matchers().forEach(this::collect);
        policy.rules().forEach(rule -> {
            rule.chains().ifPresent(patterns -> patterns.forEach(pattern -> example(pattern, ChainName::new, chains)));
            rule.keys().ifPresent(patterns -> patterns.forEach(pattern -> example(pattern, KeyAlias::new, keys)));
            rule.purposes().ifPresent(named -> named.forEach(purpose -> purposes.add(Optional.of(purpose))));
        });
    }

    private void collect(CallerMatcher matcher) {
        Optional<CallerId> certificate =
                matcher.certificate().map(PolicyComparison::example).map(CallerId::new);
        callers.add(new Caller(certificate, matcher.token().map(token -> token(token, Map.of()))));
        if (matcher.token().isPresent()) {
            callers.add(new Caller(
                    certificate, matcher.token().map(token -> token(token, Map.of("amr", List.of("mfa"))))));
        }
    }

    private static BearerToken token(CallerMatcher.TokenMatcher matcher, Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>(more);
        claims.putAll(matcher.claims());
        return new BearerToken(
                matcher.issuer(), matcher.claims().getOrDefault("sub", EXAMPLE), Optional.empty(), claims);
    }

    /** A prefix too long or too odd for any name has no example, and no request either. */
    private static <T> void example(NamePattern pattern, Function<String, T> name, Set<T> examples) {
        try {
            examples.add(name.apply(example(pattern)));
        } catch (IllegalArgumentException e) {
            // nothing has such a name
        }
    }

    private static String example(NamePattern pattern) {
        return pattern.isPrefix() ? pattern.text() + EXAMPLE : pattern.text();
    }
}
