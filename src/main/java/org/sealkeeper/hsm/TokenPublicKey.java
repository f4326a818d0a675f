package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_POINT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PUBLIC_EXPONENT;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.sealkeeper.kernel.SigningAlgorithm;

/** Reads a public key object as a SubjectPublicKeyInfo. */
final class TokenPublicKey {
    private final TokenObjects objects;
    private final long handle;

    TokenPublicKey(TokenObjects objects, long handle) {
        this.objects = objects;
        this.handle = handle;
    }

    /** The DER SubjectPublicKeyInfo; empty where the object is no readable public key for the algorithm. */
    Optional<byte[]> spki(SigningAlgorithm algorithm) {
        try {
            return Optional.of(
                    switch (algorithm) {
                        case ES256 -> ecKey(65);
                        case ES384 -> ecKey(97);
                        case EDDSA -> edwardsKey();
                        case PS256 -> rsaKey();
                    });
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** The DER SubjectPublicKeyInfo of an RSA key; empty where the object is none. */
    Optional<byte[]> rsa() {
        return spki(SigningAlgorithm.PS256);
    }

    private byte[] ecKey(int pointBytes) throws IOException {
        var curve = new AlgorithmIdentifier(
                X9ObjectIdentifiers.id_ecPublicKey, ASN1Primitive.fromByteArray(bytes(CKA_EC_PARAMS)));
        return new SubjectPublicKeyInfo(curve, point(pointBytes)).getEncoded();
    }

    private byte[] edwardsKey() throws IOException {
        var curve = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        return new SubjectPublicKeyInfo(curve, point(32)).getEncoded();
    }

    private byte[] rsaKey() throws IOException {
        var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        var modulus = new BigInteger(1, bytes(CKA_MODULUS));
        var exponent = new BigInteger(1, bytes(CKA_PUBLIC_EXPONENT));
        return new SubjectPublicKeyInfo(rsa, new RSAPublicKey(modulus, exponent)).getEncoded();
    }

    /** Tokens give a point raw, or in a DER OCTET STRING as PKCS#11 has it; only the length tells which. */
    private byte[] point(int rawBytes) {
        byte[] value = bytes(CKA_EC_POINT);
        return value.length == rawBytes
                ? value
                : ASN1OctetString.getInstance(value).getOctets();
    }

    private byte[] bytes(long attribute) {
        return (byte[]) objects.attribute(handle, attribute)
                .orElseThrow(() -> new IllegalArgumentException("the object lacks an attribute of its key type"));
    }
}
