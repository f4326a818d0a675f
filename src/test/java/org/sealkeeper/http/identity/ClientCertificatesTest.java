package org.sealkeeper.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.sealkeeper.cli.TestPki;
import org.sealkeeper.config.InForce;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.pki.Authorities;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.testing.ForkFolder;

class ClientCertificatesTest {
    private static final TestPki PKI = new TestPki(ForkFolder.path().resolve("http-tests/certificates"));
    private static final InForce<Authorities> AUTHORITIES = InForce.load(
            List.of(PKI.certificate("ca")),
            files -> Authorities.of(new KeyFile(files.getFirst()), Optional.empty(), Instant.now()));

    @Test
    void theCallerOfASessionIsReadOnce() throws Exception {
        var certificates = certificates(InstantSource.system());
        SSLSession session = sessionOf("node-a");

        ClientCertificate caller = certificates.require(session);

        assertThat(caller.id()).isEqualTo(new CallerId("urn:sealkeeper:node:node-a"));
        assertThat(certificates.require(session)).isSameAs(caller);
    }

    @Test
    void aConnectionThatOutlivesItsCertificateHasNoCaller() throws Exception {
        SSLSession session = sessionOf("node-a");
        Instant end = certificates(InstantSource.system()).require(session).expires();

        var atTheEnd = certificates(InstantSource.fixed(end));
        var later = certificates(InstantSource.fixed(end.plus(Duration.ofSeconds(1))));

        assertThat(atTheEnd.require(session).id().value()).endsWith("node-a");
        assertThat(catchThrowableOfType(Refusal.class, () -> later.require(session))
                        .problem()
                        .type())
                .isEqualTo(ProblemType.UNAUTHENTICATED);
    }

    @Test
    void aConnectionWithoutTlsHasNoCaller() {
        var certificates = certificates(InstantSource.system());

        assertThat(catchThrowableOfType(Refusal.class, () -> certificates.require((SSLSession) null))
                        .problem()
                        .type())
                .isEqualTo(ProblemType.UNAUTHENTICATED);
    }

    private static ClientCertificates certificates(InstantSource clock) {
        return new ClientCertificates(AUTHORITIES, clock);
    }

    /** The server's side of a real handshake with this client. */
    private static SSLSession sessionOf(String client) throws Exception {
        try (var listener = (SSLServerSocket)
                        PKI.client("server").getServerSocketFactory().createServerSocket(0);
                var socket = (SSLSocket)
                        PKI.client(client).getSocketFactory().createSocket("localhost", listener.getLocalPort())) {
            listener.setNeedClientAuth(true);
            var handshake = CompletableFuture.runAsync(() -> shakeHands(socket));
            try (var accepted = (SSLSocket) listener.accept()) {
                accepted.startHandshake();
                handshake.join();
                return accepted.getSession();
            }
        }
    }

    private static void shakeHands(SSLSocket socket) {
        try {
            socket.startHandshake();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
