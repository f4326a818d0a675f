package org.sealkeeper.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sealkeeper.hsm.RecipientKey;

/** A recipient of data keys, with the private key that he alone has. */
public record RecipientKeyPair(KeyPair pair) {

    /** A new one of 3072 bits. */
    public static RecipientKeyPair generate() {
        return generate(3072);
    }

    /** A new one of so many bits. */
    public static RecipientKeyPair generate(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new RecipientKeyPair(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the token is told of him. */
    public RecipientKey publicKey() {
        return new RecipientKey(pair.getPublic().getEncoded());
    }

    /** A certificate he signed for himself, valid today. */
    public X509Certificate certificate() {
        Instant now = Instant.now();
        var name = new X500Name("CN=recipient");
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(now.toEpochMilli()),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(1))),
                    name,
                    pair.getPublic());
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The data key that was encrypted to him with RSA-OAEP (RFC 7518 section 4.3), opened by the JDK. */
    public byte[] open(byte[] encryptedKey) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
            return cipher.doFinal(encryptedKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a data key encrypted to this recipient", e);
        }
    }
}
