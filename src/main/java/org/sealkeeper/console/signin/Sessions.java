package org.sealkeeper.console.signin;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sealkeeper.http.identity.BrowserSessions;

/**
 * The sessions of people who signed in. They are in memory alone: each ends with its access token, when nobody uses it for half an hour, when
 * its owner signs out, and with this process. There is room for some of each caller, and for a thousand in all: the one that was used the
 * longest time ago makes room. Safe for use by many threads.
 */
@Singleton
final class Sessions implements BrowserSessions {
    static final Duration UNUSED = Duration.ofMinutes(30);
    static final int MAX_OF_ONE_CALLER = 8;
    static final int MAX = 1_000;

    private final InstantSource clock;
    private final RandomGenerator random;
    /** By the digest of their secrets, the one that was used the longest time ago first. */
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    Sessions(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** @param ends unless it is used before */
    private record Session(String caller, String token, Instant expires, Instant ends) {
        Session used(Instant now) {
            return new Session(caller, token, expires, earlier(expires, now.plus(UNUSED)));
        }

        boolean isOpen(Instant now) {
            return now.isBefore(ends);
        }
    }

    /**
     * Opens a session.
     *
     * @param expires when its token does
     */
    synchronized CookieSecret open(String caller, String token, Instant expires) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> !session.isOpen(now));
        List<String> ofCaller = sessions.entrySet().stream()
                .filter(entry -> entry.getValue().caller().equals(caller))
                .map(Map.Entry::getKey)
                .toList();
        if (ofCaller.size() >= MAX_OF_ONE_CALLER) {
            sessions.remove(ofCaller.getFirst());
        }
        if (sessions.size() >= MAX) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        CookieSecret secret = CookieSecret.fresh(random);
        sessions.put(secret.digest(), new Session(caller, token, expires, expires).used(now));
        return secret;
    }

    @Override
    public synchronized Optional<String> token(String secret, boolean isUse) {
        Instant now = clock.instant();
        String name = new CookieSecret(secret).digest();
        Session session = sessions.get(name);
        if (session == null) {
            return Optional.empty();
        }
        if (!session.isOpen(now)) {
            sessions.remove(name);
            return Optional.empty();
        }
        if (isUse) {
            sessions.put(name, session.used(now));
        }
        return Optional.of(session.token());
    }

    /** Ends a session, where there is such. */
    synchronized void end(String secret) {
        sessions.remove(new CookieSecret(secret).digest());
    }

    synchronized int count() {
        return sessions.size();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
