package org.sealkeeper.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.SigningAlgorithm;

/** The public half of a signing key, bound to its one algorithm. Safe for use by many threads. */
public final class VerificationKey {
    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
    private static final int RSA_BITS = 3072;
    private static final int ED25519_BYTES = 64;
    private static final int ED25519_SPKI_PREFIX_BYTES = 12;

    private final SigningAlgorithm algorithm;
    private final PublicKey publicKey;
    private final byte[] spki;
    private final JWK jwk;
    private final KeyId keyId;
    private final Provider provider;

    private VerificationKey(SigningAlgorithm algorithm, PublicKey publicKey, byte[] spki, Provider provider) {
        this.algorithm = algorithm;
        this.publicKey = publicKey;
        this.spki = spki.clone();
        this.jwk = jwk(algorithm, publicKey, spki);
        this.keyId = new KeyId(jwk.getKeyID());
        this.provider = provider;
    }

    /**
     * The key of a SubjectPublicKeyInfo, for one algorithm.
     *
     * @param spki the DER SubjectPublicKeyInfo (RFC 5280 section 4.1)
     * @throws IllegalArgumentException if it is not a public key of this algorithm (curve, type or RSA length differ) or not
     *     in the one usual encoding (uncompressed point, named curve, nothing behind it)
     */
    public static VerificationKey of(SigningAlgorithm algorithm, byte[] spki) {
        return of(algorithm, spki, FastestProvider.PROVIDER);
    }

    /** As above, judged by this provider. */
    static VerificationKey of(SigningAlgorithm algorithm, byte[] spki, Provider provider) {
        try {
            KeyFactory factory = keyFactory(keyType(algorithm), provider);
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(spki));
            if (!Arrays.equals(publicKey.getEncoded(), spki)) {
                throw new IllegalArgumentException("expected the usual DER encoding of a public key");
            }
            if (publicKey instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() != RSA_BITS) {
                throw new IllegalArgumentException("expected an RSA key of " + RSA_BITS + " bits");
            }
            return new VerificationKey(algorithm, publicKey, spki, provider);
        } catch (GeneralSecurityException | IllegalStateException | ClassCastException e) {
            throw new IllegalArgumentException("expected a public key for " + algorithm.joseName(), e);
        }
    }

    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** The DER SubjectPublicKeyInfo. */
    public byte[] spki() {
        return spki.clone();
    }

    /** The RFC 7638 thumbprint. */
    public KeyId keyId() {
        return keyId;
    }

    /** The public JWK with {@code kid}, {@code alg} and {@code use}. */
    public JWK jwk() {
        return jwk;
    }

    /**
     * Whether the signature is this key's over the message.
     *
     * @param message the bytes before any digest
     * @param signature in JWS form (RFC 7518 section 3.4: r||s of fixed length for ECDSA); anything malformed is false
     */
    public boolean verifies(byte[] message, byte[] signature) {
        return verifier().verifies(message, signature);
    }

    /** A verifier of this key's signatures for one thread to keep. */
    public Verifier verifier() {
        try {
            Signature initialized = Signature.getInstance(signatureName(algorithm), provider);
            if (algorithm == SigningAlgorithm.PS256) {
                initialized.setParameter(PS256);
            }
            initialized.initVerify(publicKey);
            return new Verifier(this, initialized);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the verifier refused its own key of " + algorithm.joseName(), e);
        }
    }

    /**
     * The signature as every provider takes it, which for ECDSA is DER; empty where it is malformed. Judged here, so that no
     * two providers differ over what they take for a signature.
     */
    Optional<byte[]> providerForm(byte[] signature) {
        return switch (algorithm) {
            case ES256, ES384 -> EcdsaSignature.ofP1363(algorithm, signature).map(EcdsaSignature::der);
            case PS256 -> ofLength(RSA_BITS / Byte.SIZE, signature);
            case EDDSA -> ofLength(ED25519_BYTES, signature);
        };
    }

    private static Optional<byte[]> ofLength(int bytes, byte[] signature) {
        return signature.length == bytes ? Optional.of(signature) : Optional.empty();
    }

    /** Corretto's provider verifies Ed25519, but leaves the reading of its keys to the JDK's. */
    private static KeyFactory keyFactory(String keyType, Provider provider) throws GeneralSecurityException {
        return provider.getService("KeyFactory", keyType) == null
                ? KeyFactory.getInstance(keyType)
                : KeyFactory.getInstance(keyType, provider);
    }

    private static String keyType(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256, ES384 -> "EC";
            case PS256 -> "RSA";
            case EDDSA -> "Ed25519";
        };
    }

    private static String signatureName(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> "SHA256withECDSA";
            case ES384 -> "SHA384withECDSA";
            case PS256 -> "RSASSA-PSS";
            case EDDSA -> "Ed25519";
        };
    }

    private static JWK jwk(SigningAlgorithm algorithm, PublicKey key, byte[] spki) {
        var alg = new com.nimbusds.jose.JWSAlgorithm(algorithm.joseName());
        var use = com.nimbusds.jose.jwk.KeyUse.SIGNATURE;
        try {
            return switch (algorithm) {
                case ES256 ->
                    new ECKey.Builder(Curve.P_256, (ECPublicKey) key)
                            .algorithm(alg)
                            .keyUse(use)
                            .keyIDFromThumbprint()
                            .build();
                case ES384 ->
                    new ECKey.Builder(Curve.P_384, (ECPublicKey) key)
                            .algorithm(alg)
                            .keyUse(use)
                            .keyIDFromThumbprint()
                            .build();
                case PS256 ->
                    new RSAKey.Builder((RSAPublicKey) key)
                            .algorithm(alg)
                            .keyUse(use)
                            .keyIDFromThumbprint()
                            .build();
                case EDDSA ->
                    new OctetKeyPair.Builder(
                                    Curve.Ed25519,
                                    Base64URL.encode(Arrays.copyOfRange(spki, ED25519_SPKI_PREFIX_BYTES, spki.length)))
                            .algorithm(alg)
                            .keyUse(use)
                            .keyIDFromThumbprint()
                            .build();
            };
        } catch (JOSEException e) {
            throw new IllegalStateException("a JWK of " + algorithm.joseName() + " has no thumbprint", e);
        }
    }
}
