package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** Signs notes with a key of the JDK. */
record NoteSigner(VerifierKey verifier, KeyPair keys) {

    static NoteSigner of(String name, NoteAlgorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(isEcdsa(algorithm) ? "EC" : "Ed25519");
            if (isEcdsa(algorithm)) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return of(name, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static NoteSigner of(String name, NoteAlgorithm algorithm, KeyPair keys) {
        return new NoteSigner(
                VerifierKey.of(new Origin(name), algorithm, keys.getPublic().getEncoded()), keys);
    }

    NoteSignature sign(String text) {
        return verifier.line(signature(text));
    }

    /** The line of a witness that saw the text at this time. */
    NoteSignature cosign(String text, long seconds) {
        return verifier.line(VerifierKey.cosignature(seconds, signature(VerifierKey.cosigned(text, seconds))));
    }

    private byte[] signature(String message) {
        try {
            Signature signer = Signature.getInstance(isEcdsa(verifier.algorithm()) ? "SHA256withECDSA" : "Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(message.getBytes(UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isEcdsa(NoteAlgorithm algorithm) {
        return algorithm == NoteAlgorithm.ECDSA;
    }
}
