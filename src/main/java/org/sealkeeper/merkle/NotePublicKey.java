package org.sealkeeper.merkle;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** A public key as vkeys encode it: a DER SubjectPublicKeyInfo for ECDSA, the bytes of the key alone for the others. */
final class NotePublicKey {
    /** What comes before the 32 bytes of a key in its SubjectPublicKeyInfo (RFC 8410 section 4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    /** The same before the 1,312 bytes of an ML-DSA-44 key (RFC 9881 section 4). */
    private static final byte[] ML_DSA_44_PREFIX =
            HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private static final int ED25519_BYTES = 32;
    private static final int ML_DSA_44_BYTES = 1_312;
    private static final int P256_BITS = 256;

    private final NoteAlgorithm algorithm;
    private final byte[] encoded;
    private final PublicKey key;

    private NotePublicKey(NoteAlgorithm algorithm, byte[] encoded, PublicKey key) {
        this.algorithm = algorithm;
        this.encoded = encoded;
        this.key = key;
    }

    /** @throws IllegalArgumentException if it is a key of another kind */
    static NotePublicKey ofSpki(NoteAlgorithm algorithm, byte[] spki) {
        byte[] prefix = prefix(algorithm);
        if (spki.length < prefix.length || !Arrays.equals(Arrays.copyOf(spki, prefix.length), prefix)) {
            throw new IllegalArgumentException("expected a public key for " + jcaName(algorithm));
        }
        return of(algorithm, Arrays.copyOfRange(spki, prefix.length, spki.length));
    }

    /** @throws IllegalArgumentException if it is a key of another kind */
    static NotePublicKey of(NoteAlgorithm algorithm, byte[] encoded) {
        if (algorithm != NoteAlgorithm.ECDSA && encoded.length != bytes(algorithm)) {
            throw new IllegalArgumentException("expected a key of " + bytes(algorithm) + " bytes for "
                    + jcaName(algorithm) + ", found " + encoded.length);
        }
        byte[] prefix = prefix(algorithm);
        byte[] spki = Arrays.copyOf(prefix, prefix.length + encoded.length);
        System.arraycopy(encoded, 0, spki, prefix.length, encoded.length);
        try {
            var factory = KeyFactory.getInstance(algorithm == NoteAlgorithm.ECDSA ? "EC" : jcaName(algorithm));
            PublicKey key = factory.generatePublic(new X509EncodedKeySpec(spki));
            if (key instanceof ECPublicKey point && !isP256(point, encoded)) {
                throw new IllegalArgumentException("expected a P-256 key in its usual DER form");
            }
            return new NotePublicKey(algorithm, encoded, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a public key", e);
        }
    }

    private static boolean isP256(ECPublicKey key, byte[] encoded) {
        return key.getParams().getOrder().bitLength() == P256_BITS && Arrays.equals(key.getEncoded(), encoded);
    }

    byte[] encoded() {
        return encoded.clone();
    }

    boolean isSameAs(NotePublicKey other) {
        return key.equals(other.key);
    }

    /** Anything malformed is false. */
    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(jcaName(algorithm));
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static String jcaName(NoteAlgorithm algorithm) {
        return switch (algorithm) {
            case ED25519, COSIGNATURE_V1 -> "Ed25519";
            case ECDSA -> "SHA256withECDSA";
            case ML_DSA_44 -> "ML-DSA-44";
        };
    }

    private static byte[] prefix(NoteAlgorithm algorithm) {
        return switch (algorithm) {
            case ED25519, COSIGNATURE_V1 -> ED25519_PREFIX;
            case ECDSA -> new byte[0];
            case ML_DSA_44 -> ML_DSA_44_PREFIX;
        };
    }

    private static int bytes(NoteAlgorithm algorithm) {
        return algorithm == NoteAlgorithm.ML_DSA_44 ? ML_DSA_44_BYTES : ED25519_BYTES;
    }
}
