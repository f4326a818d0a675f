package org.sealkeeper.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Asks an appliance about data keys ({@code /v1/data-keys}). */
public final class ApplianceClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 8 << 20;
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final HttpClient client;

    /**
     * Connects at the first request.
     *
     * @param base such as {@code https://host:8443}
     * @param tls which client certificate is shown, and which authorities are trusted
     */
    public ApplianceClient(URI base, SSLContext tls) {
        this.base = base.getPath().endsWith("/") ? base : URI.create(base + "/");
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .sslParameters(new SSLParameters(null, PROTOCOLS))
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Posts an object, and gives the object of the answer.
     *
     * @param path such as {@code v1/data-keys}
     * @throws ApplianceRefusal if the appliance refuses
     * @throws ApplianceFault if it cannot be asked
     */
    public JsonNode post(String path, JsonNode body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                    .build();
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            JsonNode content = content(answer);
            if (answer.statusCode() / 100 == 2) {
                return content;
            }
            throw refusal(answer.statusCode(), content);
        } catch (IOException e) {
            throw new ApplianceFault(base + ": the appliance cannot be asked: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApplianceFault("interrupted", e);
        }
    }

    private JsonNode content(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return json.readTree(body.readNBytes(MOST_BYTES));
        } catch (JsonProcessingException e) {
            throw new ApplianceFault(
                    base + ": expected an answer in JSON, found another of status " + answer.statusCode(), e);
        }
    }

    static ApplianceRefusal refusal(int status, JsonNode problem) {
        String type = problem.path("type").asText();
        return new ApplianceRefusal(
                status,
                type.substring(type.lastIndexOf(':') + 1),
                problem.path("detail").asText());
    }

    /** Ends at once what is still under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
