package org.sealkeeper.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.sealkeeper.config.ConfigurationFault;

/** A client's side of TLS, from PEM files. */
final class ClientTls {
    private static final char[] NO_PASSWORD = {};

    private ClientTls() {}

    /**
     * The context that shows the certificate, where there is one, and believes the authorities.
     *
     * @param authorities empty for those of the JDK
     * @throws ConfigurationFault if a file is not what it should be
     */
    static SSLContext context(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keyManagers(certificate, key), trustManagers(authorities), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigurationFault(
                    "expected a client certificate, its key and authorities that TLS can use: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keyManagers(Optional<Path> certificate, Optional<Path> key)
            throws GeneralSecurityException, IOException {
        if (certificate.isEmpty() || key.isEmpty()) {
            return new KeyManager[0];
        }
        KeyStore own = emptyStore();
        own.setKeyEntry(
                "own",
                PemFiles.privateKey(key.get()),
                NO_PASSWORD,
                certificates(certificate.get()).toArray(Certificate[]::new));
        var managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(own, NO_PASSWORD);
        return managers.getKeyManagers();
    }

    private static TrustManager[] trustManagers(Optional<Path> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = null;
        if (authorities.isPresent()) {
            trusted = emptyStore();
            for (Certificate authority : certificates(authorities.get())) {
                trusted.setCertificateEntry("authority-" + trusted.size(), authority);
            }
        }
        var managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        return managers.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<? extends Certificate> certificates(Path file) {
        try (InputStream input = InputFile.open(file)) {
            List<? extends Certificate> certificates =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(input));
            if (certificates.isEmpty()) {
                throw new ConfigurationFault(file + ": expected X.509 certificates in PEM, found none");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new ConfigurationFault(file + ": expected X.509 certificates in PEM", e);
        } catch (IOException e) {
            throw InputFile.unreadable(file, e);
        }
    }
}
