package org.sealkeeper.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.sealkeeper.merkle.AddCheckpoint;

/** A witness that cosigns whatever it is brought, with {@link SoftwareLog#WITNESS}, behind the certificate of a home. */
public final class SoftwareWitness implements AutoCloseable {
    private final HttpsServer server;

    public SoftwareWitness(Home home) {
        Path pki = home.folder().resolve("pki");
        try {
            this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(
                Caller.tls(pki.resolve("ca.pem"), pki.resolve("server.pem"), pki.resolve("server.key"))));
        server.createContext("/add-checkpoint", SoftwareWitness::cosign);
        server.start();
    }

    private static void cosign(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = AddCheckpoint.parse(exchange.getRequestBody().readAllBytes());
            String line = SoftwareLog.WITNESS.sign(request.checkpoint().text()).line() + "\n";
            byte[] answer = line.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Its submission prefix. */
    public String url() {
        return "https://localhost:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
