package org.sealkeeper.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.hl7.fhir.r4.model.AuditEvent;

/** A FHIR server that has HAPI read every AuditEvent, strictly, and keeps it; and that fails as a test asks. It forgets nothing when it is killed. */
public final class SoftwareFhirServer implements AutoCloseable {
    private static final FhirContext R4 = FhirContext.forR4();

    /** What it does with the next request, instead of what it should. */
    public sealed interface Whim {
        /** Keeps nothing, and answers this. */
        record Answers(int status, Map<String, String> headers) implements Whim {
            public Answers(int status) {
                this(status, Map.of());
            }
        }

        /** Keeps it, and hangs up without an answer. */
        record HangsUp() implements Whim {}

        /** Keeps nothing, and does not answer before the latch is open; then as it should. */
        record Hangs(CountDownLatch arrived, CountDownLatch until) implements Whim {}
    }

    private final Queue<Whim> whims = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final Map<String, AuditEvent> kept = new LinkedHashMap<>();
    private final String path;
    private final String authorization;
    private HttpServer server;

    private SoftwareFhirServer(HttpServer server, String path, String authorization) {
        this.server = server;
        this.path = path;
        this.authorization = authorization;
        start();
    }

    /** Without TLS, for those that show no token. */
    public static SoftwareFhirServer plain() throws IOException {
        return new SoftwareFhirServer(HttpServer.create(loopback(0), 0), ownPath(), "null");
    }

    /** Without TLS, for those that show this token. */
    public static SoftwareFhirServer plain(String token) throws IOException {
        return new SoftwareFhirServer(HttpServer.create(loopback(0), 0), ownPath(), "Bearer " + token);
    }

    /** Behind the certificate of a home, for those that show this token. */
    public static SoftwareFhirServer of(Home home, String token) {
        Path pki = home.folder().resolve("pki");
        try {
            var server = HttpsServer.create(loopback(0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(
                    Caller.tls(pki.resolve("ca.pem"), pki.resolve("server.pem"), pki.resolve("server.key"))));
            return new SoftwareFhirServer(server, "/fhir/R4", "Bearer " + token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of no other server, also where one gets the port that another had. */
    private static String ownPath() {
        return "/fhir/" + Long.toHexString(System.nanoTime());
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(path, this::handle);
        server.start();
    }

    /** Its base. */
    public URI url() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + path);
    }

    /** These come first, one for each request. */
    public void has(Whim... next) {
        whims.addAll(List.of(next));
    }

    /** It is gone, with every connection. */
    public void kill() {
        server.stop(0);
    }

    /** It is there again, at the same address. */
    public void revive() throws IOException {
        server = HttpServer.create(loopback(server.getAddress().getPort()), 0);
        start();
    }

    /** The indexes of the leaves it has, in the order in which they came first. */
    public List<Long> leaves() {
        synchronized (kept) {
            return kept.values().stream().map(SoftwareFhirServer::leaf).toList();
        }
    }

    /** The index of the leaf that an event tells of. */
    static long leaf(AuditEvent event) {
        String leaf = event.getEntityFirstRep().getWhat().getIdentifier().getValue();
        return Long.parseLong(leaf.replaceFirst(".*#", ""));
    }

    /** Why it did not take what it should have taken; to be empty. */
    public List<String> complaints() {
        return List.copyOf(refused);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            switch (whims.poll()) {
                case null -> answer(exchange, keep(exchange, body), Map.of());
                case Whim.Answers(int status, Map<String, String> headers) -> answer(exchange, status, headers);
                case Whim.HangsUp _ -> keep(exchange, body);
                case Whim.Hangs(CountDownLatch arrived, CountDownLatch until) -> {
                    arrived.countDown();
                    until.await();
                    answer(exchange, keep(exchange, body), Map.of());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> headers) throws IOException {
        byte[] outcome = status / 100 == 2
                ? new byte[0]
                : "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"as the test asks\"}]}"
                        .getBytes(UTF_8);
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, outcome.length == 0 ? -1 : outcome.length);
        exchange.getResponseBody().write(outcome);
    }

    /** As FHIR has create, and update as create. */
    private int keep(HttpExchange exchange, String body) {
        try {
            AuditEvent event = R4.newJsonParser()
                    .setParserErrorHandler(new StrictErrorHandler())
                    .parseResource(AuditEvent.class, body);
            String id = event.getIdElement().getIdPart();
            String type = path + "/AuditEvent";
            boolean isUpdate = exchange.getRequestMethod().equals("PUT");
            expect(isUpdate ? type + "/" + id : type, exchange.getRequestURI().getPath());
            expect(isUpdate ? "PUT" : "POST", exchange.getRequestMethod());
            expect("application/fhir+json", exchange.getRequestHeaders().getFirst("Content-Type"));
            expect(authorization, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            synchronized (kept) {
                boolean isNew = kept.putIfAbsent(isUpdate ? id : id + "/" + kept.size(), event) == null;
                return isNew ? 201 : 200;
            }
        } catch (RuntimeException e) {
            refused.add(String.valueOf(e.getMessage()));
            return 422;
        }
    }

    private static void expect(String expected, String found) {
        if (!expected.equals(found)) {
            throw new IllegalArgumentException("expected " + expected + ", found " + found);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
