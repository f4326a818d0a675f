package org.sealkeeper.issuers;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;

/** The server of an issuer: one bounded answer for each question, within seconds, from nowhere but where it was asked. */
final class IssuerServer {
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 256 << 10;

    private final HttpClient client;

    /** @param client trusts the issuer's authorities alone, and follows no redirects */
    IssuerServer(HttpClient client) {
        this.client = client;
    }

    /** An answer of any status. */
    record Answer(int status, String body) {}

    /** The metadata of an issuer, which must name the issuer it was asked for (OpenID Connect Discovery section 4.3). */
    Map<String, Object> metadata(URI url, String issuer) throws IOException, ParseException {
        Map<String, Object> metadata = JSONObjectUtils.parse(get(url));
        if (!issuer.equals(JSONObjectUtils.getString(metadata, "issuer"))) {
            throw new IllegalArgumentException("expected the metadata of " + issuer + ", found another issuer's");
        }
        return metadata;
    }

    /**
     * A URL with https out of metadata.
     *
     * @throws IllegalArgumentException if there is none
     */
    static URI url(Map<String, Object> metadata, String member) throws ParseException {
        String url = JSONObjectUtils.getString(metadata, member);
        if (url == null) {
            throw new IllegalArgumentException("expected metadata with '" + member + "', found none");
        }
        return IssuersFile.https(url);
    }

    String get(URI url) throws IOException {
        Answer answer = send(HttpRequest.newBuilder(url));
        if (answer.status() != 200) {
            throw new IOException("expected 200 from " + url + ", found " + answer.status());
        }
        return answer.body();
    }

    Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> answer = client.send(
                    request.timeout(WITHIN).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
            return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
