package org.sealkeeper.mirror;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A log behind its URL. */
public final class HttpSource implements LogSource {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final String GZIP = "gzip";
    private static final int MAX_PROBLEM_BYTES = 1 << 16;
    /** All that is repeated of what a server says of its refusal. */
    private static final Pattern PROBLEM =
            Pattern.compile("\"type\"\\s*:\\s*\"urn:sealkeeper:problem:([a-z-]{1,40})\"");

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final URI base;
    private final HttpClient client;
    private final Duration timeout;

    /**
     * @param base with or without a slash at its end
     * @param tls which client certificate is shown, and which authorities are believed
     * @param timeout for each file, from the first byte sent to the last received
     */
    public HttpSource(URI base, SSLContext tls, Duration timeout) {
        this.base = base.getPath().endsWith("/") ? base : URI.create(base + "/");
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .sslParameters(new SSLParameters(null, PROTOCOLS))
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Optional<byte[]> find(LogFile file) {
        URI uri = base.resolve(file.path());
        HttpResponse<Optional<byte[]>> answer = answer(uri, file.maxBytes());
        return switch (answer.statusCode()) {
            case OK ->
                Optional.of(answer.body()
                        .flatMap(body -> decoded(body, answer, file))
                        .orElseThrow(() -> new InvalidLog(
                                file.path(), "expected at most " + file.maxBytes() + " bytes, found more")));
            case NOT_FOUND -> Optional.empty();
            default ->
                throw new SourceFault(
                        uri + ": expected the answer 200, found " + answer.statusCode() + problem(answer.body()), null);
        };
    }

    /** Logs may compress without being asked (C2SP tlog-tiles); empty where that hid more than the file may have. */
    private static Optional<byte[]> decoded(byte[] body, HttpResponse<?> answer, LogFile file) {
        String coding = answer.headers().firstValue("Content-Encoding").orElse("identity");
        return switch (coding) {
            case "identity" -> Optional.of(body).filter(bytes -> bytes.length <= file.maxBytes());
            case GZIP -> {
                try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
                    byte[] bytes = gzip.readNBytes(file.maxBytes() + 1);
                    yield bytes.length > file.maxBytes() ? Optional.empty() : Optional.of(bytes);
                } catch (IOException e) {
                    throw new SourceFault(answer.uri() + ": expected gzip, found something else: " + e.getMessage(), e);
                }
            }
            default ->
                throw new SourceFault(answer.uri() + ": expected Content-Encoding gzip or none, found another", null);
        };
    }

    private HttpResponse<Optional<byte[]>> answer(URI uri, int maxBytes) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept-Encoding", GZIP + ", identity")
                .build();
        CompletableFuture<HttpResponse<Optional<byte[]>>> answer = client.sendAsync(
                request, head -> new BoundedBody(head.statusCode() == OK ? packed(maxBytes) : MAX_PROBLEM_BYTES));
        try {
            // The request's own timeout ends with the head of the answer.
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new SourceFault(uri + ": cannot be read: " + e.getCause() + advice(), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new SourceFault(uri + ": expected an answer within " + timeout.toSeconds() + " s, found none", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFault(uri + ": interrupted", e);
        }
    }

    /** What cannot be compressed grows a little in gzip (RFC 1951 section 3.2.4, RFC 1952). */
    private static int packed(int bytes) {
        return bytes + bytes / 1_024 + 1_024;
    }

    /** A server of TLS does not answer in HTTP. */
    private String advice() {
        return "http".equalsIgnoreCase(base.getScheme())
                ? "; does it speak TLS? Then the URL begins with https://"
                : "";
    }

    private static String problem(Optional<byte[]> body) {
        Matcher matcher = PROBLEM.matcher(new String(body.orElse(new byte[0]), StandardCharsets.UTF_8));
        return matcher.find() ? " (" + matcher.group(1) + ")" : "";
    }

    /** Ends at once what is still under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
