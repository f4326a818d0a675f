package org.sealkeeper.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.keys.provisioning.Lifetime;

/**
 * The end of a cryptoperiod.
 *
 * @param end empty where none is declared
 * @param tone the class of its style: an end that is near stands out
 */
record Cryptoperiod(Optional<Instant> end, String tone) {
    private static final Duration NEAR = Duration.ofDays(30);

    /**
     * That of a version.
     *
     * @param lifetime as its key is declared
     * @param isUsed whether it still makes something new: the end of another is over
     */
    static Cryptoperiod of(Optional<Lifetime> lifetime, Instant createdAt, boolean isUsed, Instant now) {
        Optional<Instant> end = lifetime.flatMap(declared -> declared.end(createdAt));
        return new Cryptoperiod(end, isUsed ? end.map(time -> tone(time, now)).orElse("none") : "none");
    }

    private static String tone(Instant end, Instant now) {
        return end.isBefore(now) ? "bad" : end.isBefore(now.plus(NEAR)) ? "warn" : "none";
    }
}
