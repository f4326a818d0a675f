package org.sealkeeper.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.sealkeeper.files.WholeFile;

/** Certificates and private keys as PEM files, {@code NAME.pem} and {@code NAME.key}, of one folder. */
record PemFiles(Path folder) {
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
        makeFolder();
        try {
            byte[] pem = pem(new JcaPKCS8Generator(key, null));
            WholeFile.write(key(name), out -> out.write(pem));
        } catch (IOException e) {
            throw OutputFile.unwritable(key(name), e);
        }
        publish(certificate(name), certificate);
    }

    void writeRevocations(X509CRLHolder list) {
        publish(revocations(), list);
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw OutputFile.unwritable(folder, e);
        }
    }

    private static void publish(Path file, Object content) {
        try {
            byte[] pem = pem(content);
            WholeFile.publish(file, out -> out.write(pem));
        } catch (IOException e) {
            throw OutputFile.unwritable(file, e);
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

    private static byte[] pem(Object content) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
