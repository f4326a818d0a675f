package org.sealkeeper.keys.provisioning;

import java.io.IOException;
import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.verify.VerificationKey;

/**
 * The certificate a key signs for itself, so that tools which know keys only by certificates can see it. It vouches for
 * nothing but that the key exists.
 */
public final class SelfSignedCertificate {
    /** RFC 5280 section 4.1.2.5: the date of a certificate without an expiry. The catalogue says how long a key signs. */
    private static final Instant NO_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

    private SelfSignedCertificate() {}

    /**
     * Makes the certificate of a new key.
     *
     * @param signature makes the key's own signature, in JWS form, over what it is given
     */
    public static X509Certificate of(PendingKey key, VerificationKey publicKey, UnaryOperator<byte[]> signature) {
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, key.label())
                .addRDN(BCStyle.OU, key.purpose().text())
                .build();
        var builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(key.ckaId().hex(), 16),
                Date.from(key.createdAt().truncatedTo(ChronoUnit.SECONDS)),
                Date.from(NO_EXPIRY),
                name,
                SubjectPublicKeyInfo.getInstance(publicKey.spki()));
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils()
                            .createSubjectKeyIdentifier(SubjectPublicKeyInfo.getInstance(publicKey.spki())));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new TokenSigner(publicKey.algorithm(), signature)));
        } catch (IOException | CertificateException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the certificate of " + key.label() + " cannot be made", e);
        }
    }
}
