package org.sealkeeper.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.sealkeeper.config.ConfigurationFault;

/** Certificates and private keys as PEM files, {@code NAME.pem} and {@code NAME.key}, of one folder. */
record PemFiles(Path folder) {
    private static final String READABLE_BY_ALL = "rw-r--r--";
    private static final String OWNER_ONLY = "rw-------";

    Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    /** The revocation list of the folder. */
    Path revocations() {
        return folder.resolve("crl.pem");
    }

    boolean has(String name) {
        return Files.exists(certificate(name)) && Files.exists(key(name));
    }

    X509Certificate readCertificate(String name) {
        if (read(certificate(name)) instanceof X509CertificateHolder holder) {
            try {
                return new JcaX509CertificateConverter().getCertificate(holder);
            } catch (CertificateException e) {
                throw new ConfigurationFault(certificate(name) + ": expected an X.509 certificate", e);
            }
        }
        throw new ConfigurationFault(certificate(name) + ": expected an X.509 certificate in PEM");
    }

    PrivateKey readKey(String name) {
        return privateKey(key(name));
    }

    /** The private key of a file. */
    static PrivateKey privateKey(Path file) {
        if (read(file) instanceof PrivateKeyInfo info) {
            try {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            } catch (IOException e) {
                throw new ConfigurationFault(file + ": expected a PKCS#8 private key", e);
            }
        }
        throw new ConfigurationFault(file + ": expected an unencrypted PKCS#8 private key in PEM");
    }

    /** The key first: a crash in between leaves no certificate that looks complete. */
    void write(String name, X509Certificate certificate, PrivateKey key) {
        try {
            Files.createDirectories(folder);
            write(key(name), new JcaPKCS8Generator(key, null), OWNER_ONLY);
            write(certificate(name), certificate, READABLE_BY_ALL);
        } catch (IOException e) {
            throw new ConfigurationFault(folder + ": cannot be written: " + e.getMessage(), e);
        }
    }

    void writeRevocations(X509CRLHolder list) {
        try {
            write(revocations(), list, READABLE_BY_ALL);
        } catch (IOException e) {
            throw new ConfigurationFault(folder + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private static Object read(Path file) {
        try (var parser = new PEMParser(Files.newBufferedReader(file))) {
            Object content = parser.readObject();
            if (content != null) {
                return content;
            }
        } catch (IOException e) {
            throw new ConfigurationFault(file + ": cannot be read: " + e.getMessage(), e);
        }
        throw new ConfigurationFault(file + ": expected PEM, found none");
    }

    private void write(Path file, Object content, String permissions) throws IOException {
        var attribute = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        Path draft = Files.createTempFile(folder, ".draft", null, attribute);
        Files.writeString(draft, pem(content));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String pem(Object content) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString();
    }
}
