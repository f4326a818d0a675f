package org.sealkeeper.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;

/**
 * Which callers have a role. Where it names a certificate and a token, the caller shows both.
 *
 * @param certificate the caller id of the certificate
 * @param token the token
 */
record CallerMatcher(Optional<NamePattern> certificate, Optional<TokenMatcher> token) {

    CallerMatcher {
        if (certificate.isEmpty() && token.isEmpty()) {
            throw new IllegalArgumentException("expected a certificate, an issuer, or both");
        }
    }

    /** For people. */
    String words() {
        return Stream.of(
                        certificate.map(pattern -> "certificate " + pattern),
                        token.map(matcher -> "token of " + matcher.issuer() + " with " + matcher.claims()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
    }

    /** Whether every certificate is enough, whoever has it. */
    boolean isEveryones() {
        return token.isEmpty()
                && certificate
                        .filter(pattern -> pattern.isPrefix() && pattern.text().isEmpty())
                        .isPresent();
    }

    boolean matches(Caller caller) {
        return certificate
                        .map(pattern -> caller.certificate()
                                .map(id -> pattern.matches(id.value()))
                                .orElse(false))
                        .orElse(true)
                && token.map(matcher -> caller.token().map(matcher::matches).orElse(false))
                        .orElse(true);
    }

    /**
     * A token of this issuer that has all these claims.
     *
     * @param claims at least one: an issuer alone would match every token it ever gives
     */
    record TokenMatcher(String issuer, Map<String, String> claims) {
        TokenMatcher {
            claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        }

        boolean matches(BearerToken token) {
            return token.issuer().equals(issuer)
                    && claims.entrySet().stream().allMatch(claim -> token.has(claim.getKey(), claim.getValue()));
        }
    }
}
