package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.http.listener.ListenerTls;
import org.sealkeeper.pki.ServerCertificate;

/** Asks the API for what is public, over the network and TLS as any stranger does: what keeps strangers out keeps this out too. */
@Singleton
final class FrontDoorVisit {
    private static final int TIMEOUT_MILLIS = 4_000;
    private static final String REQUEST =
            "GET /.well-known/jwks.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 ";
    private static final int STATUS_DIGITS = 3;

    private final ApplianceFile.Listener api;
    private final ListenerTls tls;
    private CompletableFuture<Void> newest = CompletableFuture.completedFuture(null);

    FrontDoorVisit(ApplianceFile appliance, ListenerTls tls) {
        this.api = appliance.api();
        this.tls = tls;
    }

    /** One at a time, however many ask for it. Fails with an {@link IOException} where there is no answer, or a fault of ours. */
    synchronized CompletionStage<Void> make() {
        if (newest.isDone()) {
            var visit = new CompletableFuture<Void>();
            newest = visit;
            Thread.ofVirtual().name("front door").start(() -> make(visit));
        }
        return newest;
    }

    private void make(CompletableFuture<Void> visit) {
        try {
            requireAnswer();
            visit.complete(null);
        } catch (IOException | GeneralSecurityException | RuntimeException unanswered) {
            visit.completeExceptionally(unanswered);
        }
    }

    private void requireAnswer() throws IOException, GeneralSecurityException {
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(host(), api.port()), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            try (var socket =
                    (SSLSocket) client().getSocketFactory().createSocket(plain, "localhost", api.port(), false)) {
                socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
                requireNoFault(socket.getInputStream());
            }
        }
    }

    private InetAddress host() throws IOException {
        InetAddress host = InetAddress.getByName(api.host());
        return host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
    }

    /** Trusts what the listener shows. */
    private SSLContext client() throws IOException, GeneralSecurityException {
        ServerCertificate shown = tls.certificate().current();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", shown.chain().getFirst());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext client = SSLContext.getInstance("TLSv1.3");
        client.init(null, trust.getTrustManagers(), null);
        return client;
    }

    /** A refusal is an answer: the address of this machine may have asked too often. */
    private static void requireNoFault(InputStream in) throws IOException {
        String line = new String(in.readNBytes(ANSWER.length() + STATUS_DIGITS), US_ASCII);
        if (!line.matches(ANSWER + "[1-4][0-9][0-9]")) {
            throw new IOException(line.isEmpty() ? "the API hung up without an answer" : "the API answered " + line);
        }
    }
}
