package org.sealkeeper.fhir.feed;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FhirServer;
import org.sealkeeper.config.SecretFile;
import org.sealkeeper.fhir.FhirRelease.Resource;

/** A FHIR server, as its client sees it (FHIR RESTful API, sections create and update). */
public final class RemoteFhirServer {
    private static final int MOST_BYTES = 1 << 16;
    private static final int MOST_SHOWN = 300;
    private static final String FHIR_JSON = "application/fhir+json";
    /** The server understood what it was asked, and does not take this resource. */
    private static final Set<Integer> REFUSALS = Set.of(400, 409, 412, 413, 422);

    private final FhirServer settings;
    private final HttpClient client;
    private final Duration patience;

    /** @param patience for a whole answer */
    public RemoteFhirServer(FhirServer settings, HttpClient client, Duration patience) {
        this.settings = settings;
        this.client = client;
        this.patience = patience;
    }

    /** Its base. */
    public URI url() {
        return settings.url();
    }

    /**
     * Shows that the token's file can be read, where there is one.
     *
     * @throws ConfigurationFault if not
     */
    public void requireToken() {
        var _ = settings.bearerToken().map(RemoteFhirServer::token);
    }

    Delivery bring(Resource resource) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request(resource), RemoteFhirServer::body);
        try {
            return judge(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Delivery.Postponed("it did not answer within " + patience.toSeconds() + " s", Optional.empty());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Delivery.Postponed(
                    cause.getMessage() == null ? cause.toString() : cause.getMessage(), Optional.empty());
        } finally {
            answer.cancel(true);
        }
    }

    /** What was taken is taken, however long the answer is. */
    private static BodySubscriber<byte[]> body(ResponseInfo answer) {
        return isTaken(answer.statusCode())
                ? BodySubscribers.replacing(new byte[0])
                : BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES).apply(answer);
    }

    private static boolean isTaken(int status) {
        return status / 100 == 2;
    }

    private HttpRequest request(Resource resource) {
        String type = settings.url() + "/" + resource.type();
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", FHIR_JSON)
                .header("Accept", FHIR_JSON)
                .header("Prefer", "return=minimal");
        settings.bearerToken().ifPresent(file -> request.header("Authorization", "Bearer " + token(file)));
        var body = BodyPublishers.ofString(resource.json());
        return switch (settings.write()) {
            case CREATE -> request.uri(URI.create(type)).POST(body).build();
            case UPDATE ->
                request.uri(URI.create(type + "/" + resource.id())).PUT(body).build();
        };
    }

    /** Read anew each time: tokens end, and their files are replaced. */
    private static String token(Path file) {
        try (SecretFile secret = SecretFile.open(file, SecretFile.Kind.BEARER_TOKEN)) {
            String token = new String(secret.chars());
            if (!token.matches("[A-Za-z0-9._~+/-]+=*")) {
                throw new ConfigurationFault(file + ": expected a bearer token (RFC 6750), found other characters");
            }
            return token;
        }
    }

    private static Delivery judge(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (isTaken(status)) {
            return new Delivery.Taken();
        }
        String why = "it answered " + status + shown(answer.body());
        return REFUSALS.contains(status) ? new Delivery.Refused(why) : new Delivery.Postponed(why, pause(answer));
    }

    /** Its beginning, fit for a log. */
    private static String shown(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8)
                .replaceAll("[\\p{C}\\s]+", " ")
                .strip();
        return text.isEmpty() ? "" : ": " + text.substring(0, Math.min(text.length(), MOST_SHOWN));
    }

    private static Optional<Duration> pause(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Long::parseLong)
                .map(Duration::ofSeconds);
    }
}
