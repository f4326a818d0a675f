package org.sealkeeper.issuers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.http.identity.TokenVerifier.Verdict;

/**
 * The tokens found good within the last minute, so that a node's thousand requests cost one check. That long a key its issuer takes
 * back may still count. Knows them by their digests alone. Safe for use by many threads.
 */
final class CheckedTokens {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MAX = 1_024;

    private final Map<Name, Checked> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Checked> eldest) {
            return size() > MAX;
        }
    };

    /** A token's SHA-256. */
    record Name(String digest) {
        static Name of(String token) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
                return new Name(Base64.getEncoder().encodeToString(digest));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    private record Checked(Verdict.Good token, Instant until) {}

    synchronized Optional<Verdict.Good> find(Name name, Instant now) {
        return Optional.ofNullable(entries.get(name))
                .filter(checked -> now.isBefore(checked.until) && now.isBefore(checked.token.expires()))
                .map(Checked::token);
    }

    synchronized void keep(Name name, Verdict.Good token, Instant now) {
        entries.put(name, new Checked(token, now.plus(KEPT)));
    }
}
