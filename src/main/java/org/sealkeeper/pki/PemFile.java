package org.sealkeeper.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileContent;

/** One PEM file (RFC 7468) as it was at one moment. */
public record PemFile(FileContent file) {

    /** What lies there now. */
    public static PemFile read(Path path) {
        return new PemFile(FileContent.read(path));
    }

    /**
     * Its certificates, in order.
     *
     * @throws ConfigurationFault if there is none, or anything that is none
     */
    public List<X509Certificate> certificates() {
        try {
            return all(
                    X509Certificate.class,
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(file.bytes())),
                    "certificates");
        } catch (CertificateException e) {
            throw expected("certificates", e);
        }
    }

    /**
     * Its certificate revocation lists, in order.
     *
     * @throws ConfigurationFault if there is none, or anything that is none
     */
    public List<X509CRL> revocationLists() {
        try {
            return all(
                    X509CRL.class,
                    CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(file.bytes())),
                    "revocation lists");
        } catch (CertificateException | CRLException e) {
            throw expected("revocation lists", e);
        }
    }

    /**
     * Its private key: PKCS#8, or the older forms of OpenSSL.
     *
     * @throws ConfigurationFault if it holds anything else, or an encrypted one
     */
    public PrivateKey privateKey() {
        Reader text = new InputStreamReader(new ByteArrayInputStream(file.bytes()), StandardCharsets.US_ASCII);
        try (var parser = new PEMParser(text)) {
            var converter = new JcaPEMKeyConverter();
            return switch (parser.readObject()) {
                case PrivateKeyInfo key -> converter.getPrivateKey(key);
                case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
                case null, default -> throw fault("expected an unencrypted private key in PEM");
            };
        } catch (IOException | RuntimeException e) {
            throw e instanceof ConfigurationFault fault ? fault : fault("expected an unencrypted private key in PEM");
        }
    }

    /** A fault that names this file. Its cause is left out where it could quote a key. */
    public ConfigurationFault fault(String message) {
        return file.fault(message);
    }

    private <T> List<T> all(Class<T> type, Collection<?> found, String what) {
        if (found.isEmpty()) {
            throw fault("expected " + what + " in PEM, found none that can be read");
        }
        return found.stream().map(type::cast).toList();
    }

    private ConfigurationFault expected(String what, Exception cause) {
        return new ConfigurationFault(file.path() + ": expected " + what + " in PEM: " + cause.getMessage(), cause);
    }
}
