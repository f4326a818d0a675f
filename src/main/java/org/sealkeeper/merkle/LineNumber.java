package org.sealkeeper.merkle;

import java.util.Collection;
import java.util.Optional;

/** Where in a text something is expected: the errors of its readers begin with it. */
record LineNumber(int value) {

    /** @throws IllegalArgumentException with this message unless the condition is met */
    void require(boolean isMet, String message) {
        if (!isMet) {
            throw new IllegalArgumentException("line " + value + ": " + message);
        }
    }

    /**
     * Reads the vkey of this line; empty where it is of a type not known here.
     *
     * @throws IllegalArgumentException if it is no vkey
     */
    Optional<VerifierKey> vkey(String text) {
        try {
            return VerifierKey.find(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line " + value + ": expected a vkey, found '" + text + "': " + e.getMessage(), e);
        }
    }

    /** Two vkeys of one public key would count it twice. */
    void requireNew(VerifierKey key, Collection<VerifierKey> known) {
        require(known.stream().noneMatch(key::hasKeyOf), "expected a new key, found that of a line before");
    }
}
