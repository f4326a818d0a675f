package org.sealkeeper.verify;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.sealkeeper.kernel.SigningAlgorithm;

/** A public key that says by itself which algorithm it is for: here every type of key has exactly one. */
final class SpkiKey {
    private SpkiKey() {}

    /**
     * The key of a DER SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException if it is malformed or of a type or curve that is not offered
     */
    static VerificationKey of(byte[] spki) {
        return VerificationKey.of(algorithm(type(spki)), spki);
    }

    private static AlgorithmIdentifier type(byte[] spki) {
        try {
            return SubjectPublicKeyInfo.getInstance(spki).getAlgorithm();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a DER SubjectPublicKeyInfo", e);
        }
    }

    private static SigningAlgorithm algorithm(AlgorithmIdentifier type) {
        ASN1ObjectIdentifier oid = type.getAlgorithm();
        if (oid.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return SigningAlgorithm.EDDSA;
        }
        if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return SigningAlgorithm.PS256;
        }
        if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            if (SECObjectIdentifiers.secp256r1.equals(type.getParameters())) {
                return SigningAlgorithm.ES256;
            }
            if (SECObjectIdentifiers.secp384r1.equals(type.getParameters())) {
                return SigningAlgorithm.ES384;
            }
        }
        throw new IllegalArgumentException("expected a key of P-256, P-384, Ed25519 or RSA");
    }
}
