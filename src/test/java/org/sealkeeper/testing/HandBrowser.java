package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a browser does with cookies, and says of where a request comes from; each step by hand, redirects too. */
public final class HandBrowser implements AutoCloseable {
    private final HttpClient client;
    private final String origin;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public HandBrowser(Home home) {
        this.client = HttpClient.newBuilder()
                .sslContext(Caller.tls(home.folder().resolve("pki/ca.pem"), null, null))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        this.origin = "https://localhost:" + home.port();
    }

    /** By name; tests may take them away, and put others in their place. */
    public Map<String, String> cookies() {
        return cookies;
    }

    /** Goes to a page that is led to by this origin ({@code same-origin}), by another site, or by none. */
    public HttpResponse<String> go(String address, String site) {
        return send(navigation(address, site).GET());
    }

    /** Sends a form without fields. */
    public HttpResponse<String> post(String address, String site) {
        return send(navigation(address, site)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "null")
                .POST(BodyPublishers.noBody()));
    }

    /** What a script of a page does. */
    public HttpRequest.Builder fetching(String address, String site) {
        return request(address).header("Sec-Fetch-Site", site).header("Sec-Fetch-Mode", "cors");
    }

    private HttpRequest.Builder navigation(String address, String site) {
        return request(address)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Sec-Fetch-Site", site)
                .header("Sec-Fetch-Mode", "navigate");
    }

    private HttpRequest.Builder request(String address) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin).resolve(address)).timeout(Duration.ofSeconds(30));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        String[] parts = header.split(";", 2);
        String[] cookie = parts[0].split("=", 2);
        if (parts[1].contains("Max-Age=0")) {
            cookies.remove(cookie[0]);
        } else {
            cookies.put(cookie[0], cookie[1]);
        }
    }

    /** Where an answer leads. */
    public static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("nowhere: " + answer.statusCode() + " " + answer.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
