package org.sealkeeper.keys;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a version of a signing key.
 *
 * @param since when it came into this state
 * @param compromisedSince from when on what it signed is to be doubted; empty where it is not compromised. It stays when the key is destroyed
 */
public record KeyStatus(KeyState state, Instant since, Optional<Instant> compromisedSince) {
    public KeyStatus {
        if (state == KeyState.COMPROMISED && compromisedSince.isEmpty()) {
            throw new IllegalArgumentException("expected the time since when the key is compromised, found none");
        }
    }

    /** Of a key that is not compromised. */
    public KeyStatus(KeyState state, Instant since) {
        this(state, since, Optional.empty());
    }
}
