package org.sealkeeper.hsm;

import java.util.concurrent.CompletionStage;
import org.sealkeeper.verify.VerificationKey;

/**
 * Signatures of private keys in the token, verified in software. Stages complete on one of the few threads that use the token: what
 * depends on them must be short, and must never wait.
 */
public final class Signatures {
    private final TokenWork work;

    Signatures(TokenWork work) {
        this.work = work;
    }

    /**
     * Signs with the private key of a CKA_ID, and verifies the signature under the public key before the stage completes.
     *
     * @param message the bytes before any digest
     * @return the signature in JWS form (RFC 7518 section 3.4); or {@link HsmFault}, or {@link
     *     org.sealkeeper.kernel.Overload} where nothing was begun
     */
    public CompletionStage<byte[]> sign(CkaId id, VerificationKey key, byte[] message) {
        return sign(id, key, message, () -> {});
    }

    /**
     * As above, if nothing is in the way at the last moment.
     *
     * @param last runs on the thread that signs, right before the token is asked; what it throws is the stage's failure
     */
    public CompletionStage<byte[]> sign(CkaId id, VerificationKey key, byte[] message, Runnable last) {
        return work.sign(id, session -> {
            last.run();
            return session.signing().sign(id, key, message);
        });
    }
}
