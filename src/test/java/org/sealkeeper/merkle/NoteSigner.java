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
            KeyPairGenerator generator = KeyPairGenerator.getInstance(
                    switch (algorithm) {
                        case ED25519, COSIGNATURE_V1 -> "Ed25519";
                        case ECDSA -> "EC";
                        case ML_DSA_44 -> "ML-DSA-44";
                    });
            if (algorithm == NoteAlgorithm.ECDSA) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return of(name, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static NoteSigner of(String name, NoteAlgorithm algorithm, KeyPair keys) {
        return new NoteSigner(
                VerifierKey.of(new KeyName(name), algorithm, keys.getPublic().getEncoded()), keys);
    }

    NoteSignature sign(String text) {
        return verifier.line(signature(text.getBytes(UTF_8)));
    }

    /** The line of a witness that saw the text at this time. */
    NoteSignature cosign(String text, long seconds) {
        return verifier.line(new TimedSignature(seconds, signature(verifier.message(text, seconds))));
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance(
                    switch (verifier.algorithm()) {
                        case ED25519, COSIGNATURE_V1 -> "Ed25519";
                        case ECDSA -> "SHA256withECDSA";
                        case ML_DSA_44 -> "ML-DSA-44";
                    });
            signer.initSign(keys.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
