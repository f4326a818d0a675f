package org.sealkeeper.http.listener;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sealkeeper.config.InForce;
import org.sealkeeper.http.identity.ClientCertificates;
import org.sealkeeper.pki.Authorities;

/**
 * Lets every client finish the TLS handshake, whatever certificate it shows, or none. The handshake itself proves that the client has the
 * private key; whether the certificate is genuine {@link ClientCertificates} judges, and answers with a problem instead of a broken
 * handshake (docs/decisions/0008-the-door-judges-certificates.md).
 */
public final class AnyCertificate extends X509ExtendedTrustManager {
    private final InForce<Authorities> authorities;

    AnyCertificate(InForce<Authorities> authorities) {
        this.authorities = authorities;
    }

    /** Told to clients in the handshake, so that one with several certificates chooses the right one. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.current().certificates().toArray(X509Certificate[]::new);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) {
        throw notAClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket) {
        throw notAClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine) {
        throw notAClient();
    }

    private static IllegalStateException notAClient() {
        return new IllegalStateException(
                "expected no certificate of a server: this is for the listener of the API alone");
    }
}
