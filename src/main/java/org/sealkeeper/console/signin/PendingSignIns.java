package org.sealkeeper.console.signin;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sealkeeper.issuers.CodeRequest;

/**
 * The sign-ins that were begun and have not ended. Anybody may begin one, so each network has room for some, and all together for some
 * thousand: the one that was begun the longest time ago makes room. Safe for use by many threads.
 */
@Singleton
final class PendingSignIns {
    static final Duration WITHIN = Duration.ofMinutes(10);
    static final int MAX_OF_ONE_NETWORK = 256;
    static final int MAX = 4_096;

    private final InstantSource clock;
    private final RandomGenerator random;
    /** By the digest of the secret that the browser has, the oldest first. */
    private final LinkedHashMap<String, Pending> pending = new LinkedHashMap<>();

    private final Map<String, Integer> ofNetwork = new HashMap<>();

    PendingSignIns(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Keeps one until it ends, or expires; the secret is for the browser that began it. */
    synchronized CookieSecret keep(String issuer, CodeRequest request, String network) {
        Instant now = clock.instant();
        while (!pending.isEmpty()
                && !now.isBefore(pending.firstEntry().getValue().expires())) {
            forget(pending.firstEntry().getKey());
        }
        if (ofNetwork.getOrDefault(network, 0) >= MAX_OF_ONE_NETWORK) {
            pending.entrySet().stream()
                    .filter(entry -> entry.getValue().network().equals(network))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .ifPresent(this::forget);
        }
        if (pending.size() >= MAX) {
            forget(pending.firstEntry().getKey());
        }
        CookieSecret secret = CookieSecret.fresh(random);
        pending.put(secret.digest(), new Pending(issuer, request, network, now.plus(WITHIN)));
        ofNetwork.merge(network, 1, Integer::sum);
        return secret;
    }

    /**
     * Takes one, once. One whose state is another stays: a page of another site may have sent the browser.
     *
     * @param secret what the browser shows
     * @param state what the issuer sent back
     */
    synchronized Optional<Pending> take(String secret, String state) {
        String name = new CookieSecret(secret).digest();
        Optional<Pending> found = Optional.ofNullable(pending.get(name))
                .filter(begun -> isEqual(begun.request().state(), state))
                .filter(begun -> clock.instant().isBefore(begun.expires()));
        found.ifPresent(_ -> forget(name));
        return found;
    }

    private void forget(String name) {
        Pending gone = pending.remove(name);
        if (gone != null) {
            ofNetwork.computeIfPresent(gone.network(), (_, number) -> number == 1 ? null : number - 1);
        }
    }

    synchronized int count() {
        return pending.size();
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
