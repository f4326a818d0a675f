package org.sealkeeper.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client of the front door with one TLS identity. */
public record Door(URI base, SSLContext tls, HttpClient http) {
    private static final JsonMapper JSON = new JsonMapper();

    /** One answer. */
    public record Answer(int status, HttpResponse<byte[]> http) {
        public JsonNode json() throws IOException {
            return JSON.readTree(http.body());
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        public String text() {
            return new String(http.body(), ISO_8859_1);
        }
    }

    public Door(URI base, SSLContext tls) {
        this(base, tls, HttpClient.newBuilder().sslContext(tls).build());
    }

    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(to(path));
    }

    Answer post(String path, byte[] json) throws IOException, InterruptedException {
        return send(
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response);
    }

    /** Sends the beginning of a request. */
    SSLSocket begin(String request) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(base.getHost(), base.getPort());
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Sends bytes no HTTP client would send and gives back whatever comes until the connection ends. */
    String raw(String request) throws IOException {
        try (SSLSocket socket = begin(request)) {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
