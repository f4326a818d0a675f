package org.sealkeeper.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.CallerId;

/**
 * Reads who holds the client certificate of a connection. That a certificate is genuine, and issued for client authentication by one of our
 * authorities, the TLS handshake has settled.
 */
final class ClientCertificates {
    private static final String KEY = ClientCertificate.class.getName();
    private static final int SAN_URI = 6;

    private final InstantSource clock;

    ClientCertificates(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The certificate of a TLS session. Read once per session: a certificate is parsed in a handshake's time, not a request's.
     *
     * @param session null where the connection has no TLS
     * @throws Refusal {@code unauthenticated} without a certificate, with an expired one, or one that names nobody for sure
     */
    ClientCertificate require(@Nullable SSLSession session) {
        return find(session)
                .orElseThrow(
                        () -> unauthenticated("expected a client certificate or a bearer token, found none of them"));
    }

    /** As {@link #require}, but empty where the caller showed none. */
    Optional<ClientCertificate> find(@Nullable SSLSession session) {
        if (session == null) {
            throw unauthenticated("expected a TLS connection");
        }
        var known = (ClientCertificate) session.getValue(KEY);
        if (known == null) {
            Optional<X509Certificate> shown = shown(session);
            if (shown.isEmpty()) {
                return Optional.empty();
            }
            known = read(shown.get());
            session.putValue(KEY, known);
        }
        if (clock.instant().isAfter(known.expires())) {
            throw unauthenticated("the client certificate has expired since this connection was made");
        }
        return Optional.of(known);
    }

    private static Optional<X509Certificate> shown(SSLSession session) {
        try {
            return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    static ClientCertificate read(X509Certificate certificate) {
        List<String> uris = sanUris(certificate);
        if (uris.size() > 1) {
            throw unauthenticated(
                    "expected at most one URI in the certificate's subject alternative name, found " + uris.size());
        }
        String name = uris.isEmpty() ? subject(certificate) : uris.getFirst();
        try {
            return new ClientCertificate(
                    new CallerId(name), certificate.getNotAfter().toInstant(), thumbprint(certificate));
        } catch (IllegalArgumentException e) {
            throw unauthenticated(String.valueOf(e.getMessage()));
        }
    }

    private static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (CertificateEncodingException e) {
            throw unauthenticated("the client certificate cannot be encoded");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    /** The JDK reads no URI without a scheme, so none can be written to look like somebody else's subject DN. */
    private static List<String> sanUris(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            List<String> uris = new ArrayList<>();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.getFirst().equals(SAN_URI)) {
                    uris.add((String) name.get(1));
                }
            }
            return uris;
        } catch (CertificateParsingException e) {
            throw unauthenticated("the certificate's subject alternative name cannot be read");
        }
    }

    private static Refusal unauthenticated(String detail) {
        return new Refusal(Problem.of(ProblemType.UNAUTHENTICATED, detail));
    }
}
