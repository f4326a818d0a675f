package org.sealkeeper.http.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.InForce;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.http.listener.AnyCertificate;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.pki.Authorities;
import org.sealkeeper.pki.Judgement;

/**
 * Reads the caller from the client certificate of a connection. The TLS handshake proves that the client has the private key of the
 * certificate it shows, and nothing else ({@link AnyCertificate}): whether the certificate is genuine is judged here.
 */
public final class ClientCertificates {
    private static final String KEY = Finding.class.getName();
    private static final int SAN_URI = 6;

    private final InForce<Authorities> authorities;
    private final InstantSource clock;

    public ClientCertificates(InForce<Authorities> authorities, InstantSource clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /** The judgement on the certificate of a session under some authorities: the certificate, or why it is not accepted. */
    private record Finding(Authorities under, Optional<ClientCertificate> certificate, String whyNot) {}

    /**
     * The certificate of a TLS session.
     *
     * @param session null where the connection has no TLS
     * @throws Refusal {@code unauthenticated} without a certificate, or with one that is not genuine, not valid now, or names no caller
     *     for sure
     */
    ClientCertificate require(@Nullable SSLSession session) {
        return find(session)
                .orElseThrow(
                        () -> unauthenticated("expected a client certificate or a bearer token, found none of them"));
    }

    /**
     * As {@link #require}, but empty where the caller showed none. Judged once per session, and anew when other authorities or
     * revocations come into force: a certificate is validated in a handshake's time, not a request's, and a revocation ends
     * connections that are open.
     */
    Optional<ClientCertificate> find(@Nullable SSLSession session) {
        if (session == null) {
            throw unauthenticated("expected a TLS connection");
        }
        List<X509Certificate> chain = chain(session);
        return chain.isEmpty() ? Optional.empty() : Optional.of(judged(session, chain));
    }

    private ClientCertificate judged(SSLSession session, List<X509Certificate> chain) {
        Authorities now = authorities.current();
        var finding = (Finding) session.getValue(KEY);
        if (finding == null || finding.under() != now) {
            finding = judge(chain, now);
            session.putValue(KEY, finding);
        }
        String whyNot = finding.whyNot();
        ClientCertificate certificate = finding.certificate().orElseThrow(() -> unauthenticated(whyNot));
        if (clock.instant().isAfter(certificate.expires())) {
            throw unauthenticated("the client certificate, or its authority's revocation list, has expired since this"
                    + " connection was made");
        }
        return certificate;
    }

    private Finding judge(List<X509Certificate> chain, Authorities under) {
        try {
            return switch (under.judge(chain, clock.instant())) {
                case Judgement.Genuine(var certificate, var until) ->
                    new Finding(under, Optional.of(read(certificate, until)), "");
                case Judgement.Refused(var why) ->
                    new Finding(under, Optional.empty(), "the client certificate " + why);
            };
        } catch (Refusal refusal) {
            return new Finding(under, Optional.empty(), refusal.problem().detail());
        }
    }

    private static List<X509Certificate> chain(SSLSession session) {
        try {
            return Stream.of(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static ClientCertificate read(X509Certificate certificate, Instant until) {
        List<String> uris = sanUris(certificate);
        if (uris.size() > 1) {
            throw unauthenticated(
                    "expected at most one URI in the certificate's subject alternative name, found " + uris.size());
        }
        String name = uris.isEmpty() ? subject(certificate) : uris.getFirst();
        try {
            return new ClientCertificate(new CallerId(name), until, thumbprint(certificate));
        } catch (IllegalArgumentException e) {
            throw unauthenticated(String.valueOf(e.getMessage()));
        }
    }

    private static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64Url.encode(digest);
        } catch (CertificateEncodingException e) {
            throw unauthenticated("the client certificate cannot be encoded");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    /** The JDK reads no URI without a scheme, so none can be written to look like another caller's subject DN. */
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
