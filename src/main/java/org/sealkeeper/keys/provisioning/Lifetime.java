package org.sealkeeper.keys.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a version of a key is used, as {@code keys.yaml} declares it (NIST SP 800-57 part 1, section 5.3).
 *
 * @param cryptoperiod from the making of a version until another one is to be active; empty where nothing is said
 * @param isDestroyedAfter whether a version that signs no more is to be destroyed
 * @param version the one that is to be active; empty where nothing is said
 */
public record Lifetime(Optional<Duration> cryptoperiod, boolean isDestroyedAfter, Optional<Integer> version) {
    /** Where nothing is declared. */
    public static final Lifetime UNDECLARED = new Lifetime(Optional.empty(), false, Optional.empty());

    /** When the cryptoperiod of a version ends; empty where none is declared. */
    public Optional<Instant> end(Instant createdAt) {
        return cryptoperiod.map(createdAt::plus);
    }
}
