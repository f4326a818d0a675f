package org.sealkeeper.gate;

import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Outcome;

/**
 * What a feature's transaction found out: that a key is to be used, or not.
 *
 * @param finding what the feature wants to know afterwards
 * @param wanted empty where no key is needed
 */
public record Beginning<U extends KeyUse, T>(T finding, Optional<Wanted<U>> wanted) {

    /**
     * A key is to be used.
     *
     * @param begun the leaf that says so
     */
    record Wanted<U extends KeyUse>(Leaf begun, U use) {
        /** @throws IllegalArgumentException if the leaf tells of something else, or of something that is not allowed */
        Wanted {
            if (begun.outcome() != Outcome.BEGUN || !begun.decision().isAllowed() || !use.isToldBy(begun)) {
                throw new IllegalArgumentException("expected the leaf of a "
                        + use.getClass().getSimpleName() + " that is allowed and about to be done, with this key");
            }
        }
    }

    /**
     * A key is to be used.
     *
     * @param begun the leaf that says so, and which decision allows it
     * @throws IllegalArgumentException if the leaf tells of something else
     */
    public static <U extends KeyUse, T> Beginning<U, T> of(T finding, Leaf begun, U use) {
        return new Beginning<>(finding, Optional.of(new Wanted<>(begun, use)));
    }

    /** No key is to be used. */
    public static <U extends KeyUse, T> Beginning<U, T> none(T finding) {
        return new Beginning<>(finding, Optional.empty());
    }
}
