package org.sealkeeper.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;

/**
 * Reads a request of a test's table: words {@code name=value}. Who: {@code cert}, {@code iss}, {@code sub}, and claims
 * {@code claim.name=value}, where {@code +} joins the items of a list, and a number or truth value is one. What: {@code op},
 * {@code chain}, {@code key}, {@code for}, {@code height}, {@code to}, {@code at} (the hour). Spaces in values are {@code _}.
 */
final class Asked {
    private Asked() {}

    static PolicyRequest request(String line) {
        Map<String, String> words = new LinkedHashMap<>();
        Arrays.stream(line.strip().split(" +", -1))
                .map(word -> word.split("=", 2))
                .forEach(word -> words.put(word[0], word[1].replace('_', ' ')));
        return new PolicyRequest(
                new Identity(Optional.ofNullable(words.get("cert")).map(CallerId::new), token(words)),
                Operation.named(words.get("op")),
                Optional.ofNullable(words.get("chain")).map(ChainName::new),
                Optional.ofNullable(words.get("key")).map(KeyAlias::new),
                Optional.ofNullable(words.get("for")).map(Purpose::new),
                words.containsKey("height")
                        ? OptionalLong.of(Long.parseLong(words.get("height")))
                        : OptionalLong.empty(),
                Optional.ofNullable(words.get("to")),
                Instant.parse("2026-01-31T" + words.getOrDefault("at", "12") + ":00:00Z"));
    }

    private static Optional<TokenIdentity> token(Map<String, String> words) {
        Map<String, Object> claims = new LinkedHashMap<>();
        words.forEach((name, value) -> {
            if (name.startsWith("claim.")) {
                claims.put(name.substring("claim.".length()), claim(value));
            }
        });
        return Optional.ofNullable(words.get("iss"))
                .map(issuer -> new TokenIdentity(issuer, words.getOrDefault("sub", "somebody"), claims));
    }

    private static Object claim(String value) {
        if (value.contains("+")) {
            return List.of(value.split("\\+", -1));
        }
        if (value.matches("[0-9]+")) {
            return Integer.valueOf(value);
        }
        return value.equals("true") || value.equals("false") ? (Object) Boolean.valueOf(value) : value;
    }
}
