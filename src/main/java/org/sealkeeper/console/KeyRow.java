package org.sealkeeper.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.provisioning.Lifetime;

/**
 * A key pair in a line.
 *
 * @param certificateEnds when its certificate ends; empty for that of the key itself, which has no end
 * @param endTone the class of its style: an end that is near stands out
 */
record KeyRow(
        String keyId,
        String alias,
        int version,
        String token,
        String purpose,
        String algorithm,
        String state,
        String tone,
        Instant since,
        Optional<Instant> compromisedSince,
        Instant createdAt,
        Cryptoperiod cryptoperiod,
        String certifiedBy,
        Optional<Instant> certificateEnds,
        String endTone) {
    private static final Duration NEAR = Duration.ofDays(30);

    /** @param lifetime as the key is declared, where it is */
    static KeyRow of(CataloguedKey key, Optional<Lifetime> lifetime, Instant now) {
        Instant end = key.certificate().getNotAfter().toInstant();
        return new KeyRow(
                key.keyId().value(),
                key.alias().value(),
                key.version(),
                key.token().value(),
                key.purpose().text(),
                key.verificationKey().algorithm().joseName(),
                key.state().text(),
                tone(key),
                key.status().since(),
                key.status().compromisedSince(),
                key.createdAt(),
                Cryptoperiod.of(lifetime, key.createdAt(), key.state() == KeyState.ACTIVE, now),
                key.isCertified() ? key.certificate().getIssuerX500Principal().getName() : "itself",
                key.isCertified() ? Optional.of(end) : Optional.empty(),
                end.isBefore(now) ? "bad" : end.isBefore(now.plus(NEAR)) ? "warn" : "none");
    }

    private static String tone(CataloguedKey key) {
        return switch (key.state()) {
            case ACTIVE -> "good";
            case PRE_ACTIVE, DEACTIVATED, DESTROYING, DESTROYED -> "none";
            case SUSPENDED -> "warn";
            case COMPROMISED -> "bad";
        };
    }
}
