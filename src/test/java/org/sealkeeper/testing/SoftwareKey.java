package org.sealkeeper.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.JwsHeader;
import org.sealkeeper.verify.VerificationKey;

/** A key pair of the JDK, where a test needs signatures and no token. */
public record SoftwareKey(VerificationKey verificationKey, PrivateKey privateKey) {

    /** The same key for the same algorithm and seed, in every run. */
    public static SoftwareKey generate(SigningAlgorithm algorithm, long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            KeyPair pair = generator(algorithm, random).generateKeyPair();
            return new SoftwareKey(
                    VerificationKey.of(algorithm, pair.getPublic().getEncoded()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A signature in JWS form. */
    public byte[] sign(byte[] message) {
        try {
            Signature signer = signer();
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JWS of this payload. */
    public String jws(String type, byte[] payload) {
        var header = new JwsHeader(verificationKey.algorithm(), verificationKey.keyId(), type);
        byte[] signingInput = CompactJws.signingInput(header, payload);
        return CompactJws.assemble(signingInput, sign(signingInput));
    }

    private Signature signer() throws GeneralSecurityException {
        return switch (verificationKey.algorithm()) {
            case ES256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case ES384 -> Signature.getInstance("SHA384withECDSAinP1363Format");
            case EDDSA -> Signature.getInstance("Ed25519");
            case PS256 -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
        };
    }

    private static KeyPairGenerator generator(SigningAlgorithm algorithm, SecureRandom random)
            throws GeneralSecurityException {
        KeyPairGenerator generator = switch (algorithm) {
            case ES256, ES384 -> KeyPairGenerator.getInstance("EC");
            case PS256 -> KeyPairGenerator.getInstance("RSA");
            case EDDSA -> KeyPairGenerator.getInstance("Ed25519");
        };
        switch (algorithm) {
            case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            case ES384 -> generator.initialize(new ECGenParameterSpec("secp384r1"), random);
            case PS256 -> generator.initialize(3072, random);
            case EDDSA -> generator.initialize(255, random);
        }
        return generator;
    }
}
