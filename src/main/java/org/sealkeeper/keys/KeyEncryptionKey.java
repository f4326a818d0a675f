package org.sealkeeper.keys;

import java.time.Instant;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;

/**
 * One version of a key-encryption key, and of the binding key beside it.
 *
 * @param ckaId what both are found by in the token
 */
public record KeyEncryptionKey(KeyAlias alias, int version, State state, CkaId ckaId, Instant createdAt) {

    /** Where it is in its life (NIST SP 800-57 part 1, section 7). */
    public enum State {
        /** Wraps and unwraps. */
        ACTIVE,
        /** Unwraps only: a newer version wraps. */
        DEACTIVATED,
        /** Is no longer in the token, or about to go; what it wrapped is lost for good. */
        DESTROYED
    }

    /** The CKA_LABEL of its object in the token. */
    public String label() {
        return CataloguedKey.label(alias, version);
    }

    /** How messages call it. */
    String name() {
        return "key-encryption key '" + alias + "' version " + version;
    }
}
