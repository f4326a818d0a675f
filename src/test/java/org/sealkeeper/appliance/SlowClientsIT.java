package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.edge.Http2Connection;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.RawConnection;

/** No client keeps a connection by sending slowly. */
class SlowClientsIT {
    private static final int MOST_SECONDS = 40;

    @TempDir
    static Path folder;

    @Test
    void aClientThatSendsAByteASecondIsHungUpOn() throws Exception {
        Home home = Home.provision(folder);
        Path pki = folder.resolve("pki");
        SSLContext tls = Caller.tls(pki.resolve("ca.pem"), pki.resolve("node-a.pem"), pki.resolve("node-a.key"));
        try (var appliance = ApplianceProcess.start(home);
                var slowHeaders = new RawConnection(home.port(), tls);
                var slowBody = new RawConnection(home.port(), tls);
                var slowBlock = new Http2Connection(
                        (SSLSocket) tls.getSocketFactory().createSocket("localhost", home.port()), 1 << 16);
                var patient = new RawConnection(home.port(), tls)) {
            slowHeaders.send("GET /v1/keys HTTP/1.1\r\nX-Slow: ");
            slowBody.send("POST /v1/chains/lab-a/blocks HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
            assertThat(patient.ask(RawConnection.get("/v1/keys"))).startsWith("HTTP/1.1 200");

            slowBlock.send(Http2Connection.HEADERS, Http2Connection.END_STREAM, 1, Http2Connection.get("/v1/keys"));

            drip(
                    () -> slowHeaders.send("x"),
                    () -> slowBody.send("x"),
                    () -> slowBlock.send(Http2Connection.CONTINUATION, 0, 1));

            assertThat(slowBody.answer()).startsWith("HTTP/1.1 408").contains("urn:sealkeeper:problem:request-timeout");
            assertThat(slowHeaders.answer()).isEmpty();
            assertThat(patient.ask(RawConnection.get("/v1/keys"))).startsWith("HTTP/1.1 200");
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
    }

    /** What is sent a second on each, until all are lost. */
    private interface Drip {
        void send() throws IOException;
    }

    private static void drip(Drip... drips) throws InterruptedException {
        for (int second = 0; second < MOST_SECONDS; second++) {
            int open = 0;
            for (Drip drip : drips) {
                open += isSent(drip) ? 1 : 0;
            }
            if (open == 0) {
                return;
            }
            Thread.sleep(1_000);
        }
        throw new AssertionError("expected all connections to be lost within " + MOST_SECONDS + " seconds");
    }

    private static boolean isSent(Drip drip) {
        try {
            drip.send();
            return true;
        } catch (IOException lost) {
            return false;
        }
    }
}
