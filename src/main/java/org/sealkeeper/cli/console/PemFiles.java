package org.sealkeeper.cli.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.X509CRLHolder;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.encoding.Pem;
import org.sealkeeper.files.WholeFile;
import org.sealkeeper.pki.KeyFile;

/** Certificates and private keys as PEM files, {@code NAME.pem} and {@code NAME.key}, of one folder. */
public record PemFiles(Path folder) {
    public Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    public Path key(String name) {
        return folder.resolve(name + ".key");
    }

    /** The revocation list of the folder. */
    public Path revocations() {
        return folder.resolve("crl.pem");
    }

    public boolean has(String name) {
        return Files.exists(certificate(name)) && Files.exists(key(name));
    }

    public X509Certificate readCertificate(String name) {
        return KeyFile.read(certificate(name)).certificates().getFirst();
    }

    public PrivateKey readKey(String name) {
        return KeyFile.read(key(name)).privateKey();
    }

    /** The key first: a crash in between leaves no certificate that looks complete. */
    public void write(String name, X509Certificate certificate, PrivateKey key) {
        makeFolder();
        try {
            byte[] pem = pem("PRIVATE KEY", key.getEncoded());
            WholeFile.write(key(name), out -> out.write(pem));
        } catch (IOException e) {
            throw FileFailure.unwritable(key(name), e);
        }
        publish(certificate(name), pem("CERTIFICATE", encoded(certificate)));
    }

    public void writeRevocations(X509CRLHolder list) {
        publish(revocations(), pem("X509 CRL", encoded(list)));
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FileFailure.unwritable(folder, e);
        }
    }

    private static void publish(Path file, byte[] content) {
        try {
            WholeFile.publish(file, out -> out.write(content));
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        }
    }

    private static byte[] pem(String label, byte[] der) {
        return Pem.of(label, der).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate just made cannot be encoded", e);
        }
    }

    private static byte[] encoded(X509CRLHolder list) {
        try {
            return list.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a revocation list just made cannot be encoded", e);
        }
    }
}
