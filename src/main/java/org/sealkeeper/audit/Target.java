package org.sealkeeper.audit;

import java.util.Optional;
import org.sealkeeper.kernel.TokenLabel;

/**
 * To what an operation was done, and with which key.
 *
 * @param key the key that was used, or would have been
 * @param token that did it; empty for an appliance that has but one
 */
public record Target(Subject subject, Optional<KeyVersion> key, Optional<TokenLabel> token) {
    Target on(Subject other) {
        return new Target(other, key, token);
    }

    Target with(KeyVersion used) {
        return new Target(subject, Optional.of(used), token);
    }

    Target inside(TokenLabel used) {
        return new Target(subject, key, Optional.of(used));
    }
}
