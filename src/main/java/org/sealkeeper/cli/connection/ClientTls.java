package org.sealkeeper.cli.connection;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigurationFault;

/** A client's side of TLS, from files. */
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
                InputFile.keyFile(key.get()).privateKey(),
                NO_PASSWORD,
                InputFile.keyFile(certificate.get()).certificates().toArray(Certificate[]::new));
        var managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(own, NO_PASSWORD);
        return managers.getKeyManagers();
    }

    private static TrustManager[] trustManagers(Optional<Path> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = null;
        if (authorities.isPresent()) {
            trusted = emptyStore();
            for (Certificate authority : InputFile.keyFile(authorities.get()).authorities()) {
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
}
