package org.sealkeeper.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sealkeeper.config.ApplianceFile.Listener;

/** The management port of the appliance of this machine, as {@code appliance.yaml} has it; it speaks HTTP without TLS. */
public record ManagementPort(Listener listener) {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int MOST_BYTES = 1 << 20;

    /**
     * What it answers; empty where nothing listens there.
     *
     * @param path such as {@code /q/tokens}
     * @param timeout from the first byte sent to the last received
     * @throws ManagementFault if whatever listens there does not answer in time, or with no JSON
     */
    public Optional<JsonNode> get(String path, Duration timeout) {
        return get(path, Set.of(OK), timeout);
    }

    /**
     * What it says of its health, also where that is bad; empty where nothing listens there.
     *
     * @throws ManagementFault as above
     */
    public Optional<JsonNode> health(Duration timeout) {
        return get("/q/health", Set.of(OK, UNAVAILABLE), timeout);
    }

    private Optional<JsonNode> get(String path, Set<Integer> expected, Duration timeout) {
        URI uri = uri(path);
        try (HttpClient client = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            return answer(client, HttpRequest.newBuilder(uri).build(), expected, timeout);
        }
    }

    private static Optional<JsonNode> answer(
            HttpClient client, HttpRequest request, Set<Integer> expected, Duration timeout) {
        URI uri = request.uri();
        try {
            return Optional.of(content(
                    client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES))
                            .get(timeout.toNanos(), TimeUnit.NANOSECONDS),
                    expected));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectException) {
                return Optional.empty();
            }
            throw new ManagementFault(uri + ": cannot be asked: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new ManagementFault(uri + ": expected an answer within " + timeout.toSeconds() + " s, found none", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ManagementFault(uri + ": interrupted", e);
        } finally {
            client.shutdownNow();
        }
    }

    private static JsonNode content(HttpResponse<byte[]> answer, Set<Integer> expected) {
        if (!expected.contains(answer.statusCode())) {
            throw new ManagementFault(
                    answer.uri() + ": expected the answer 200 of an appliance, found " + answer.statusCode(), null);
        }
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new ManagementFault(
                    answer.uri() + ": expected JSON, found something else; does another program listen there?", e);
        }
    }

    /** An address that stands for all of this machine's is no address to connect to. */
    private URI uri(String path) {
        try {
            InetAddress address = InetAddress.getByName(listener.host());
            String host = address.isAnyLocalAddress()
                    ? InetAddress.getLoopbackAddress().getHostAddress()
                    : listener.host();
            return new URI("http", null, host, listener.port(), path, null, null);
        } catch (UnknownHostException | URISyntaxException e) {
            throw new ManagementFault("management: the host '" + listener.host() + "' has no address", e);
        }
    }
}
