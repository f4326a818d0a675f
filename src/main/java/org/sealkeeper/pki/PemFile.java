package org.sealkeeper.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.sealkeeper.config.ConfigurationFault;

/** One PEM file (RFC 7468) as it was at one moment. What it holds is asked of the same bytes, whatever happens to the file. */
public final class PemFile {
    /** Above the largest honest revocation list, below what could exhaust memory. */
    private static final int MAX_BYTES = 16 << 20;

    private final Path path;
    private final byte[] content;

    private PemFile(Path path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    /** What lies there now. A file that is missing, cannot be read or is over 16 MiB is like an empty one: it holds nothing. */
    public static PemFile read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            return new PemFile(path, content.length > MAX_BYTES ? new byte[0] : content);
        } catch (IOException e) {
            return new PemFile(path, new byte[0]);
        }
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
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content)),
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
                    CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(content)),
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
        Reader text = new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.US_ASCII);
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
        return new ConfigurationFault(path + ": " + message);
    }

    private <T> List<T> all(Class<T> type, Collection<?> found, String what) {
        if (found.isEmpty()) {
            throw fault("expected " + what + " in PEM, found none that can be read");
        }
        return found.stream().map(type::cast).toList();
    }

    private ConfigurationFault expected(String what, Exception cause) {
        return new ConfigurationFault(path + ": expected " + what + " in PEM: " + cause.getMessage(), cause);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PemFile file && path.equals(file.path) && Arrays.equals(content, file.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }
}
