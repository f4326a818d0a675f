package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sealkeeper.edge.Http2Connection.END_HEADERS;
import static org.sealkeeper.edge.Http2Connection.END_STREAM;
import static org.sealkeeper.edge.Http2Connection.GOAWAY;
import static org.sealkeeper.edge.Http2Connection.HEADERS;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.edge.Http2Connection;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.RawConnection;

/** Strangers that go on to ask for more than their share. Here all of it is used up, by one that takes no answer. */
class RefusedStrangersIT {
    private static final String PUBLIC = "/openapi";
    private static final int SHARE = 64;
    private static final int REFUSED_BEFORE_THE_END = 10;

    @TempDir
    private static Path folder;

    private static ApplianceProcess appliance;
    private static int port;
    private static Http2Connection stalled;

    @BeforeAll
    static void useUpTheirShare() throws IOException {
        Home home = Home.provision(folder);
        port = home.port();
        appliance = ApplianceProcess.start(home);
        stalled = stalled();
        for (int i = 0; i < SHARE; i++) {
            ask(stalled, i);
            awaitHeaders(stalled);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        stalled.close();
        appliance.close();
        assertThat(appliance.output()).doesNotContain("ERROR", "\tat ");
    }

    private static SSLContext tls(String name) {
        Path pki = folder.resolve("pki");
        return name.isEmpty()
                ? Caller.tls(pki.resolve("ca.pem"), null, null)
                : Caller.tls(pki.resolve("ca.pem"), pki.resolve(name + ".pem"), pki.resolve(name + ".key"));
    }

    private static Http2Connection stalled() throws IOException {
        return new Http2Connection((SSLSocket) tls("").getSocketFactory().createSocket("localhost", port), 0);
    }

    private static void ask(Http2Connection connection, int number) throws IOException {
        connection.send(HEADERS, END_STREAM | END_HEADERS, 2 * number + 1, Http2Connection.get(PUBLIC));
    }

    /** What comes of the connection itself passes. */
    private static void awaitHeaders(Http2Connection connection) throws IOException {
        int type = connection.read().type();
        while (type != HEADERS) {
            assertThat(type).isNotEqualTo(GOAWAY);
            type = connection.read().type();
        }
    }

    @Test
    void aStrangersConnectionOfHttp2EndsAfterAFewRefusals() throws Exception {
        try (var stranger = stalled()) {
            for (int i = 0; i < REFUSED_BEFORE_THE_END; i++) {
                ask(stranger, i);
                awaitHeaders(stranger);
            }

            ask(stranger, REFUSED_BEFORE_THE_END);

            Http2Connection.Frame frame = stranger.read();
            while (frame.type() != GOAWAY) {
                frame = stranger.read();
            }
            assertThat(frame.payload()).endsWith("expected fewer requests of strangers");
        }
    }

    @Test
    void aStrangersConnectionOfHttp1EndsAfterAFewRefusals() throws Exception {
        try (var stranger = new RawConnection(port, tls(""))) {
            for (int i = 0; i < REFUSED_BEFORE_THE_END; i++) {
                assertRefused(stranger).doesNotContainIgnoringCase("connection: close");
            }
            assertRefused(stranger).containsIgnoringCase("connection: close");

            stranger.send(RawConnection.get(PUBLIC));
            assertThat(stranger.answer()).isEmpty();
        }
    }

    @Test
    void theConnectionOfAKnownCallerGoesOnWhateverIsRefusedOnIt() throws Exception {
        try (var node = new RawConnection(port, tls("node-a"))) {
            assertThat(node.ask(RawConnection.get("/v1/keys"))).startsWith("HTTP/1.1 200");
            for (int i = 0; i < 3 * REFUSED_BEFORE_THE_END; i++) {
                assertRefused(node).doesNotContainIgnoringCase("connection: close");
            }
            assertThat(node.ask(RawConnection.get("/v1/keys"))).startsWith("HTTP/1.1 200");
        }
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertRefused(RawConnection connection)
            throws IOException {
        return assertThat(connection.ask(RawConnection.get(PUBLIC)))
                .startsWith("HTTP/1.1 429")
                .contains("expected at most 64 requests of one caller at a time");
    }
}
