package org.sealkeeper.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate about to be issued, as a test wants it. */
public final class IssuedCertificate {
    private final X500Name issuer;
    private final X500Name subject;
    private final BigInteger serial;
    private final KeyPair pair;
    private final ExtensionsGenerator extensions = new ExtensionsGenerator();
    private Instant from = Instant.now().minus(Duration.ofHours(1));
    private Instant to = Instant.now().plus(Duration.ofDays(30));
    private String signature = "SHA256withECDSA";

    IssuedCertificate(X500Name issuer, X500Name subject, BigInteger serial, KeyPair pair) {
        this.issuer = issuer;
        this.subject = subject;
        this.serial = serial;
        this.pair = pair;
    }

    public IssuedCertificate valid(Duration since, Duration until) {
        from = Instant.now().plus(since);
        to = Instant.now().plus(until);
        return this;
    }

    public IssuedCertificate signature(String algorithm) {
        signature = algorithm;
        return this;
    }

    /** What a client's certificate says of its purpose. */
    public IssuedCertificate client() {
        return usage(KeyUsage.digitalSignature).purposes(KeyPurposeId.id_kp_clientAuth);
    }

    /** What an authority's says. */
    public IssuedCertificate authority() {
        return add(Extension.basicConstraints, new BasicConstraints(true))
                .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    public IssuedCertificate authorityOver(int levels) {
        return add(Extension.basicConstraints, new BasicConstraints(levels))
                .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    public IssuedCertificate usage(int bits) {
        return add(Extension.keyUsage, new KeyUsage(bits));
    }

    public IssuedCertificate purposes(KeyPurposeId... purposes) {
        return add(Extension.extendedKeyUsage, new ExtendedKeyUsage(purposes));
    }

    public IssuedCertificate uri(String uri) {
        return add(
                Extension.subjectAlternativeName,
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
    }

    /** An authority that may only name subjects below a name. */
    public IssuedCertificate onlyBelow(String name) {
        var permitted = new GeneralSubtree(new GeneralName(new X500Name(name)));
        return authority().add(Extension.nameConstraints, new NameConstraints(new GeneralSubtree[] {permitted}, null));
    }

    /** A critical extension of no meaning. */
    public IssuedCertificate riddle() {
        return add(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), new KeyUsage(0));
    }

    private IssuedCertificate add(ASN1ObjectIdentifier id, ASN1Encodable value) {
        try {
            extensions.addExtension(id, true, value);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    X509Certificate signedBy(PrivateKey key) {
        var builder = new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(from), Date.from(to), subject, pair.getPublic());
        try {
            if (!extensions.isEmpty()) {
                for (var id : extensions.generate().getExtensionOIDs()) {
                    builder.addExtension(extensions.generate().getExtension(id));
                }
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(key)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
