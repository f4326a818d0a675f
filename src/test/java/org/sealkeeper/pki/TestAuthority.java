package org.sealkeeper.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate with its key and its chain, for a test to issue others with, sound or not. */
public record TestAuthority(List<X509Certificate> chain, PrivateKey key) {
    private static final AtomicLong SERIALS = new AtomicLong(1_000);

    /** An unknown authority. */
    public static TestAuthority root(String name) {
        return self(name, IssuedCertificate::authority);
    }

    /** A self-signed certificate. */
    public static TestAuthority self(String name, Consumer<IssuedCertificate> form) {
        KeyPair pair = keyPair("EC", 256);
        return new TestAuthority(List.of(), pair.getPrivate()).issue(name, pair, name(name), form);
    }

    /** An authority of which only the first certificate is shown. */
    public static TestAuthority of(X509Certificate certificate, Path key) {
        return new TestAuthority(List.of(certificate), KeyFile.read(key).privateKey());
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Issues a certificate, which may be an authority in turn. */
    public TestAuthority issue(String name, Consumer<IssuedCertificate> form) {
        return issue(name, keyPair("EC", 256), form);
    }

    /** Issues a certificate of a given key. */
    public TestAuthority issue(String name, KeyPair pair, Consumer<IssuedCertificate> form) {
        return issue(
                name,
                pair,
                X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded()),
                form);
    }

    private TestAuthority issue(String name, KeyPair pair, X500Name issuer, Consumer<IssuedCertificate> form) {
        var wanted = new IssuedCertificate(issuer, name(name), BigInteger.valueOf(SERIALS.incrementAndGet()), pair);
        form.accept(wanted);
        List<X509Certificate> longer = new ArrayList<>(chain);
        longer.addFirst(wanted.signedBy(key));
        return new TestAuthority(longer, pair.getPrivate());
    }

    /** This certificate without the ones above it. */
    public TestAuthority alone() {
        return new TestAuthority(chain.subList(0, 1), key);
    }

    /** A list that revokes certificates, due for renewal at some time. */
    public X509CRLHolder revoking(Instant nextUpdate, X509Certificate... revoked) {
        return revoking(Instant.now().minus(Duration.ofDays(1)), 0, nextUpdate, revoked);
    }

    /** A list as of some time, with this number; 0 for none. */
    public X509CRLHolder revoking(Instant since, long number, Instant nextUpdate, X509Certificate... revoked) {
        var builder = new JcaX509v2CRLBuilder(certificate(), Date.from(since));
        if (nextUpdate != null) {
            builder.setNextUpdate(Date.from(nextUpdate));
        }
        for (X509Certificate certificate : revoked) {
            builder.addCRLEntry(certificate.getSerialNumber(), Date.from(since), CRLReason.keyCompromise);
        }
        try {
            if (number > 0) {
                builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
        } catch (CertIOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes certificates, keys and lists into one PEM file. */
    public static Path write(Path file, Object... content) {
        try (var pem = new JcaPEMWriter(Files.newBufferedWriter(file))) {
            for (Object object : content) {
                pem.writeObject(object);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    public static KeyPair keyPair(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X500Name name(String name) {
        return new X500Name("O=Sealkeeper development,CN=" + name);
    }
}
