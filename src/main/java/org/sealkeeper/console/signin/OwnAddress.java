package org.sealkeeper.console.signin;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.http.listener.ListenerTls;

/** The address under which a browser reached this appliance: one that its certificate names, whatever the request says. */
@Singleton
final class OwnAddress {
    private static final int DNS = 2;
    private static final int IP = 7;

    private final ListenerTls tls;

    OwnAddress(ListenerTls tls) {
        this.tls = tls;
    }

    /** The URL of a path here; empty where the request names a host that the certificate does not. */
    Optional<URI> of(HttpServerRequest request, String path) {
        HostAndPort authority = request.authority();
        return authority == null
                        || !isNamed(
                                authority.host(),
                                tls.certificate().current().chain().getFirst())
                ? Optional.empty()
                : Optional.of(URI.create("https://" + authority + path));
    }

    /** Names with wildcards do not count: which of its hosts this is, they do not say. */
    static boolean isNamed(String host, X509Certificate certificate) {
        return names(certificate).stream().anyMatch(name -> switch ((Integer) name.getFirst()) {
            case DNS -> host.equalsIgnoreCase((String) name.get(1));
            case IP -> isSameAddress(host, (String) name.get(1));
            default -> false;
        });
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static boolean isSameAddress(String host, String address) {
        try {
            return InetAddress.ofLiteral(host).equals(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return false; // a host name is no address
        }
    }
}
