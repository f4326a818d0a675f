package org.sealkeeper.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** A server of a log's files, below {@code /v1/audit/}, that can break down. */
public final class LogServer implements AutoCloseable {
    private static final String PREFIX = "/v1/audit/";

    private final HttpServer server;
    private final List<String> served = new CopyOnWriteArrayList<>();
    private volatile Map<String, byte[]> files = Map.of();
    private volatile boolean compressing;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    public LogServer() {
        this(plain());
    }

    /** Serves with this server, which listens already, and starts it. */
    public LogServer(HttpServer server) {
        this.server = server;
        server.createContext(PREFIX, this::answer);
        server.start();
    }

    private static HttpServer plain() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves these from now on, and forgets what it served. */
    public LogServer serving(Map<String, byte[]> other) {
        files = Map.copyOf(other);
        served.clear();
        left.set(Integer.MAX_VALUE);
        return this;
    }

    /** Answers so many more requests, and breaks down. */
    public void breakAfter(int requests) {
        left.set(requests);
    }

    /** Compresses from now on whatever it gives, without being asked. */
    public void compress() {
        compressing = true;
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }

    /** The paths it gave, in their order. */
    public List<String> served() {
        return List.copyOf(served);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PREFIX);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
        byte[] bytes = files.get(path);
        try (exchange) {
            if (left.get() == 0) {
                byte[] problem =
                        "{\"type\":\"urn:sealkeeper:problem:store-unavailable\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(503, problem.length);
                exchange.getResponseBody().write(problem);
            } else if (bytes == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                left.decrementAndGet();
                served.add(path);
                if (compressing) {
                    bytes = compressed(bytes);
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                }
                exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
