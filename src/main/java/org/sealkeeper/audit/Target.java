package org.sealkeeper.audit;

import java.util.Optional;

/**
 * To what an operation was done, and with which key.
 *
 * @param key the key that was used, or would have been
 */
public record Target(Subject subject, Optional<KeyVersion> key) {
    Target on(Subject other) {
        return new Target(other, key);
    }

    Target with(KeyVersion used) {
        return new Target(subject, Optional.of(used));
    }
}
