package org.sealkeeper.verify;

import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;

/**
 * Verifies signatures of one key, one after the other: a third cheaper than to begin anew for each. Not safe for use by two
 * threads.
 */
public final class Verifier {
    private final VerificationKey key;
    private final Signature signature;

    Verifier(VerificationKey key, Signature initialized) {
        this.key = key;
        this.signature = initialized;
    }

    /** As {@link VerificationKey#verifies}. */
    public boolean verifies(byte[] message, byte[] candidate) {
        return key.providerForm(candidate)
                .filter(form -> providerAccepts(message, form))
                .isPresent();
    }

    private boolean providerAccepts(byte[] message, byte[] form) {
        try {
            signature.update(message);
            return signature.verify(form);
        } catch (SignatureException e) {
            begin();
            return false;
        }
    }

    /** A refused signature may leave the message of its predecessor behind. */
    private void begin() {
        try {
            signature.initVerify(key.publicKey());
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the verifier refused its own key", e);
        }
    }
}
