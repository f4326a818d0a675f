package org.sealkeeper.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.pki.KeyFile;

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
        return KeyFile.read(certificate(name)).certificates().getFirst();
    }

    PrivateKey readKey(String name) {
        return KeyFile.read(key(name)).privateKey();
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
