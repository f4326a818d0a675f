package org.sealkeeper.gate;

import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.gate.KeyUse.SignBatch;

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
     * @param begun the leaves that say so, one for each thing that is to be done by this one use
     */
    record Wanted<U extends KeyUse>(List<Leaf> begun, U use) {
        /** @throws IllegalArgumentException if a leaf tells of something else, or of something that is not allowed, or there is none */
        Wanted {
            begun = List.copyOf(begun);
            if (begun.isEmpty() || !begun.stream().allMatch(leaf -> tells(leaf, use))) {
                throw new IllegalArgumentException("expected the leaf of a "
                        + use.getClass().getSimpleName() + " that is allowed and about to be done, with this key");
            }
        }

        private static boolean tells(Leaf leaf, KeyUse use) {
            return leaf.outcome() == Outcome.BEGUN && leaf.decision().isAllowed() && use.isToldBy(leaf);
        }
    }

    /**
     * A key is to be used.
     *
     * @param begun the leaf that says so, and which decision allows it
     * @throws IllegalArgumentException if the leaf tells of something else
     */
    public static <U extends KeyUse, T> Beginning<U, T> of(T finding, Leaf begun, U use) {
        return new Beginning<>(finding, Optional.of(new Wanted<>(List.of(begun), use)));
    }

    /**
     * A key is to sign once for many blocks.
     *
     * @param begun a leaf for each of the blocks, and which decision allows it
     * @throws IllegalArgumentException if one tells of something else, or there is none
     */
    public static <T> Beginning<SignBatch, T> ofBatch(T finding, List<Leaf> begun, SignBatch use) {
        return new Beginning<>(finding, Optional.of(new Wanted<>(begun, use)));
    }

    /** No key is to be used. */
    public static <U extends KeyUse, T> Beginning<U, T> none(T finding) {
        return new Beginning<>(finding, Optional.empty());
    }
}
