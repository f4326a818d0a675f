package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A Keycloak of the profile {@code keycloak}, running as a process of its own with the realm of the tests. */
public final class Keycloak implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private final Process process;
    private final Path pki;
    private final int port;

    private Keycloak(Process process, Path pki, int port) {
        this.process = process;
        this.pki = pki;
        this.port = port;
    }

    /** Starts it with the server's certificate of a development PKI, and returns when it answers. */
    public static Keycloak start(Path folder, Path pki) {
        Path distribution = Path.of(System.getProperty("sealkeeper.keycloak")).toAbsolutePath();
        try {
            int port = freePort();
            Path realms = Files.createDirectories(distribution.resolve("data/import"));
            Files.copy(
                    Path.of("src/test/resources/keycloak/realm.json"),
                    realms.resolve("realm.json"),
                    StandardCopyOption.REPLACE_EXISTING);
            Process process = new ProcessBuilder(
                            "bash",
                            distribution.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--import-realm",
                            "--db=dev-mem",
                            "--http-host=127.0.0.1",
                            "--https-port=" + port,
                            "--http-enabled=false",
                            "--hostname=https://localhost:" + port,
                            "--https-certificate-file=" + pki.resolve("server.pem"),
                            "--https-certificate-key-file=" + pki.resolve("server.key"),
                            "--https-client-auth=request",
                            "--truststore-paths=" + pki.resolve("ca.pem"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keycloak.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // where a test failed to end it
            var keycloak = new Keycloak(process, pki, port);
            keycloak.awaitReady(folder.resolve("keycloak.log"));
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The {@code iss} of its tokens. */
    public String issuer() {
        return "https://localhost:" + port + "/realms/hospital";
    }

    /** An access token, asked for with a client certificate. */
    public String token(String certificate, String form) {
        var tls =
                Caller.tls(pki.resolve("ca.pem"), pki.resolve(certificate + ".pem"), pki.resolve(certificate + ".key"));
        try (var client = HttpClient.newBuilder().sslContext(tls).build()) {
            var request = HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form));
            String answer =
                    client.send(request.build(), BodyHandlers.ofString()).body();
            return Blocks.json(answer).required("access_token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        try (var client = HttpClient.newBuilder()
                .sslContext(Caller.tls(pki.resolve("ca.pem"), null, null))
                .build()) {
            while (!isReady(client)) {
                boolean ended = process.waitFor(500, TimeUnit.MILLISECONDS);
                if (ended || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new AssertionError("expected Keycloak to become ready:\n" + Files.readString(log));
                }
            }
        }
    }

    private boolean isReady(HttpClient client) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"));
            return client.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
