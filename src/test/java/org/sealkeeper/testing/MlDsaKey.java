package org.sealkeeper.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import org.sealkeeper.merkle.KeyName;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.TimedSignature;
import org.sealkeeper.merkle.VerifierKey;

/** A key of ML-DSA-44 that signs notes: browsers do not have this algorithm. */
record MlDsaKey(VerifierKey verifier, KeyPair pair) {
    private static final long SECONDS = 1_767_600_000L;

    static MlDsaKey generate(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair();
            return new MlDsaKey(
                    VerifierKey.of(
                            new KeyName(name),
                            NoteAlgorithm.ML_DSA_44,
                            pair.getPublic().getEncoded()),
                    pair);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    NoteSignature sign(String text) {
        try {
            Signature signer = Signature.getInstance("ML-DSA-44");
            signer.initSign(pair.getPrivate());
            signer.update(verifier.message(text, SECONDS));
            return verifier.line(new TimedSignature(SECONDS, signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
