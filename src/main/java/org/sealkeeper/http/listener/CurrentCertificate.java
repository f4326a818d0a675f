package org.sealkeeper.http.listener;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.InForce;
import org.sealkeeper.pki.ServerCertificate;

/**
 * Shows clients the certificate that is in force when their handshake begins. The framework's own way to another certificate closes the
 * connections that are made meanwhile (docs/decisions/0035-the-key-manager-follows-the-certificate.md).
 *
 * <p>The JDK asks for an alias first, and then for its key and its chain, one after the other. An alias therefore means one certificate,
 * and still does while the next one comes into force.
 */
final class CurrentCertificate extends X509ExtendedKeyManager {
    private final InForce<ServerCertificate> certificate;
    private Named latest;
    private Named previous;

    /** A certificate under an alias that no other has. */
    private record Named(int number, ServerCertificate certificate) {
        String alias() {
            return Integer.toString(number);
        }
    }

    CurrentCertificate(InForce<ServerCertificate> certificate) {
        this.certificate = certificate;
        this.latest = new Named(1, certificate.current());
        this.previous = latest;
    }

    private synchronized Named inForce() {
        ServerCertificate current = certificate.current();
        if (!current.equals(latest.certificate)) {
            previous = latest;
            latest = new Named(previous.number + 1, current);
        }
        return latest;
    }

    /** None where two certificates came into force since the alias was given: that handshake fails. */
    private synchronized @Nullable ServerCertificate named(@Nullable String alias) {
        if (latest.alias().equals(alias)) {
            return latest.certificate;
        }
        return previous.alias().equals(alias) ? previous.certificate : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Named shown = inForce();
        String algorithm = shown.certificate.chain().getFirst().getPublicKey().getAlgorithm();
        return algorithm.equals(keyType) ? shown.alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerCertificate shown = named(alias);
        return shown == null ? null : shown.key();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServerCertificate shown = named(alias);
        return shown == null ? null : shown.chain().toArray(X509Certificate[]::new);
    }

    /** The listener is never the client of a handshake. */
    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
