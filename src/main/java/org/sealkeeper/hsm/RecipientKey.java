package org.sealkeeper.hsm;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The RSA public key of a recipient to which data keys may be released. */
public final class RecipientKey {
    /** NIST SP 800-57 part 1, table 2: 128 bits of strength, for what must stay secret beyond 2030. */
    private static final int MIN_BITS = 3072;

    /** Larger ones cost the token seconds, and no token here takes them. */
    private static final int MAX_BITS = 8192;

    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65_537);
    private static final int MAX_EXPONENT_BITS = 256;

    private final byte[] spki;
    private final byte[] digest;
    private final BigInteger modulus;
    private final BigInteger exponent;

    /**
     * Checks the key.
     *
     * @param spki the DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7)
     * @throws IllegalArgumentException if it is not an RSA public key of 3072 to 8192 bits in its one DER form
     */
    public RecipientKey(byte[] spki) {
        RSAPublicKey key = parsed(spki);
        this.modulus = key.getModulus();
        this.exponent = key.getPublicExponent();
        this.spki = spki.clone();
        this.digest = SigningMechanism.digest("SHA-256").digest(spki);
        int bits = modulus.bitLength();
        if (bits < MIN_BITS || bits > MAX_BITS || !modulus.testBit(0)) {
            throw new IllegalArgumentException("expected an RSA key of " + MIN_BITS + " to " + MAX_BITS
                    + " bits with an odd modulus, found " + bits + " bits");
        }
        if (exponent.compareTo(MIN_EXPONENT) < 0 || exponent.bitLength() > MAX_EXPONENT_BITS || !exponent.testBit(0)) {
            throw new IllegalArgumentException("expected an odd RSA public exponent of at least " + MIN_EXPONENT);
        }
    }

    private static RSAPublicKey parsed(byte[] spki) {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(spki);
            if (info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
                throw new IllegalArgumentException(
                        "expected an RSA key that may decrypt, found an RSA-PSS key (id-RSASSA-PSS), which may only sign");
            }
            if (!info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                    || !Arrays.equals(info.getEncoded("DER"), spki)) {
                throw new IllegalArgumentException("expected an RSA public key in DER, found another");
            }
            return RSAPublicKey.getInstance(info.parsePublicKey());
        } catch (IOException e) {
            throw new IllegalArgumentException("expected an RSA public key in DER", e);
        }
    }

    /** The DER SubjectPublicKeyInfo. */
    public byte[] spki() {
        return spki.clone();
    }

    /** SHA-256 of {@link #spki()}, 32 bytes: the CKA_ID of its object in the token. */
    public byte[] digest() {
        return digest.clone();
    }

    BigInteger modulus() {
        return modulus;
    }

    BigInteger exponent() {
        return exponent;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecipientKey that && Arrays.equals(spki, that.spki);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(spki);
    }

    /** The digest in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }
}
