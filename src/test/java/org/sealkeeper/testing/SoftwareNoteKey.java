package org.sealkeeper.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TimedSignature;
import org.sealkeeper.merkle.VerifierKey;

/** A key of the JDK that signs notes. */
public record SoftwareNoteKey(VerifierKey verifier, SoftwareKey key) {

    /** The same key for the same algorithm and seed, in every run. */
    public static SoftwareNoteKey generate(String name, NoteAlgorithm algorithm, long seed) {
        SigningAlgorithm signing = algorithm == NoteAlgorithm.ECDSA ? SigningAlgorithm.ES256 : SigningAlgorithm.EDDSA;
        var key = SoftwareKey.generate(signing, seed);
        byte[] spki = key.verificationKey().publicKey().getEncoded();
        return new SoftwareNoteKey(VerifierKey.of(new Origin(name), algorithm, spki), key);
    }

    /** The signature line under a text; of a witness, with a time. */
    public NoteSignature sign(String text) {
        return switch (verifier.algorithm()) {
            case ED25519 -> verifier.line(signature("Ed25519", text.getBytes(StandardCharsets.UTF_8)));
            case ECDSA -> verifier.line(signature("SHA256withECDSA", text.getBytes(StandardCharsets.UTF_8)));
            case COSIGNATURE_V1 -> {
                long seconds = 1_767_600_000L;
                byte[] signature = signature("Ed25519", verifier.message(text, seconds));
                yield verifier.line(new TimedSignature(seconds, signature));
            }
            case ML_DSA_44 -> throw new IllegalStateException("the keys of this class are none of ML-DSA");
        };
    }

    private byte[] signature(String algorithm, byte[] text) {
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key.privateKey());
            signer.update(text);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
