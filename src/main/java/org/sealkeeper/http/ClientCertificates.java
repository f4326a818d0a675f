package org.sealkeeper.http;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.CallerId;

/**
 * Tells callers by their client certificates. That a certificate is genuine, and issued for client authentication by one of our
 * authorities, the TLS handshake has settled.
 */
final class ClientCertificates {
    private static final String KEY = Caller.class.getName();
    private static final int SAN_URI = 6;

    private final InstantSource clock;

    ClientCertificates(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The caller behind a TLS session. Read once per session: a certificate is parsed in a handshake's time, not a request's.
     *
     * @param session null where the connection has no TLS
     * @throws Refusal {@code unauthenticated} without a certificate, with an expired one, or one that names nobody for sure
     */
    Caller caller(@Nullable SSLSession session) {
        if (session == null) {
            throw unauthenticated("expected a TLS connection with a client certificate");
        }
        var caller = (Caller) session.getValue(KEY);
        if (caller == null) {
            caller = caller(certificate(session));
            session.putValue(KEY, caller);
        }
        if (clock.instant().isAfter(caller.expires())) {
            throw unauthenticated("the client certificate has expired since this connection was made");
        }
        return caller;
    }

    private static X509Certificate certificate(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return (X509Certificate) chain[0];
        } catch (SSLPeerUnverifiedException e) {
            throw unauthenticated("expected a client certificate, found none");
        }
    }

    static Caller caller(X509Certificate certificate) {
        List<String> uris = sanUris(certificate);
        if (uris.size() > 1) {
            throw unauthenticated(
                    "expected at most one URI in the certificate's subject alternative name, found " + uris.size());
        }
        String name = uris.isEmpty() ? subject(certificate) : uris.getFirst();
        try {
            return new Caller(new CallerId(name), certificate.getNotAfter().toInstant());
        } catch (IllegalArgumentException e) {
            throw unauthenticated(String.valueOf(e.getMessage()));
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
