package org.sealkeeper.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.testing.RequestWords;

/** A request of a test's table ({@link RequestWords}) as the policy is asked it. */
final class Asked {
    private Asked() {}

    static PolicyRequest request(String line) {
        RequestWords words = RequestWords.parse(line);
        return new PolicyRequest(
                new Caller(words.find("cert").map(CallerId::new), token(words)),
                PolicyOperation.named(words.get("op")),
                words.find("chain").map(ChainName::new),
                words.find("key").map(KeyAlias::new),
                words.find("for").map(Purpose::new),
                words.find("height").map(Long::valueOf).map(OptionalLong::of).orElse(OptionalLong.empty()),
                words.find("to"),
                Instant.parse("2026-01-31T" + words.find("at").orElse("12") + ":00:00Z"));
    }

    private static Optional<BearerToken> token(RequestWords words) {
        return words.find("iss")
                .map(issuer -> new BearerToken(
                        issuer, words.find("sub").orElse("somebody"), Optional.empty(), words.claims()));
    }
}
