package org.sealkeeper.appliance;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.pki.KeyFile;

/** The appliance as a client of others: TLS 1.3, and only with servers of the authorities it trusts for callers too. */
final class OutgoingTls {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    private OutgoingTls() {}

    /** A client that trusts the authorities of a file, and follows no redirects. */
    static HttpClient client(Path authorities) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate authority : KeyFile.read(authorities).authorities()) {
                trusted.setCertificateEntry("authority-" + trusted.size(), authority);
            }
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .sslContext(tls)
                    .connectTimeout(CONNECT_WITHIN)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationFault(authorities + ": expected certificates of authorities: " + e.getMessage(), e);
        }
    }
}
