package org.sealkeeper.keys;

import java.util.Optional;
import org.sealkeeper.audit.Leaf;

/**
 * A pair comes into another state.
 *
 * @param key as it is now
 * @param to where it comes
 * @param leaf tells the audit log, in the same transaction; empty where nothing is true yet that a leaf could tell
 */
public record KeyTransition(CataloguedKey key, KeyStatus to, Optional<Leaf> leaf) {
    public KeyTransition {
        if (!key.state().mayBecome(to.state()) && key.state() != to.state()) {
            throw new IllegalArgumentException("expected a state that may follow "
                    + key.state().text() + ", found " + to.state().text());
        }
    }

    /** The pair, as it is once this is durable. */
    public CataloguedKey after() {
        return key.in(to);
    }
}
