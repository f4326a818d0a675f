package org.sealkeeper.verify;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.sealkeeper.kernel.SigningAlgorithm;

/** A public key that says by itself which algorithm it is for: here every type of key has exactly one. */
public final class SpkiKey {
    private static final int SHA256_BYTES = 32;

    private SpkiKey() {}

    /**
     * The key of a DER SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException if it is malformed or of a type or curve that is not offered
     */
    public static VerificationKey of(byte[] spki) {
        AlgorithmIdentifier type = type(spki);
        return type.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
                ? VerificationKey.of(SigningAlgorithm.PS256, plain(type, spki))
                : VerificationKey.of(algorithm(type), spki);
    }

    /** The same key without the restriction to RSASSA-PSS (RFC 4055 section 1.2), which PS256 keeps anyway where the parameters let it. */
    private static byte[] plain(AlgorithmIdentifier type, byte[] spki) {
        if (type.getParameters() != null && !isPs256(RSASSAPSSparams.getInstance(type.getParameters()))) {
            throw new IllegalArgumentException(
                    "expected an RSA-PSS key (id-RSASSA-PSS) for PS256: SHA-256, MGF1 with SHA-256"
                            + " and a salt of at most 32 bytes, found one restricted to other parameters");
        }
        try {
            var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return new SubjectPublicKeyInfo(
                            rsa, SubjectPublicKeyInfo.getInstance(spki).parsePublicKey())
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalArgumentException("expected an RSA-PSS key (id-RSASSA-PSS) in DER", e);
        }
    }

    /** RFC 7518 section 3.5; the salt of a key's parameters is the least it takes (RFC 4055 section 3.3). */
    private static boolean isPs256(RSASSAPSSparams params) {
        return params.getHashAlgorithm().getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)
                && params.getMaskGenAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                && AlgorithmIdentifier.getInstance(params.getMaskGenAlgorithm().getParameters())
                        .getAlgorithm()
                        .equals(NISTObjectIdentifiers.id_sha256)
                && params.getSaltLength().intValue() <= SHA256_BYTES;
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
