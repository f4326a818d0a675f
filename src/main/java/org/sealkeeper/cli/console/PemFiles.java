package org.sealkeeper.cli.console;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.sealkeeper.config.FileFailure;
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
            byte[] pem = pem(new JcaPKCS8Generator(key, null));
            WholeFile.write(key(name), out -> out.write(pem));
        } catch (IOException e) {
            throw FileFailure.unwritable(key(name), e);
        }
        publish(certificate(name), certificate);
    }

    public void writeRevocations(X509CRLHolder list) {
        publish(revocations(), list);
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FileFailure.unwritable(folder, e);
        }
    }

    private static void publish(Path file, Object content) {
        try {
            byte[] pem = pem(content);
            WholeFile.publish(file, out -> out.write(pem));
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        }
    }

    private static byte[] pem(Object content) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
