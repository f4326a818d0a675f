package org.sealkeeper.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class FrontDoorTest {
    private static final byte[] BLOCK = MalformedBodies.BLOCK.getBytes(UTF_8);
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final String HASH = MalformedBodies.HASH;

    private final URI base;
    private Door nodeA;

    FrontDoorTest(URI base) {
        this.base = base;
    }

    @BeforeEach
    void openDoor() {
        nodeA = new Door(base, TlsListener.PKI.client("node-a"));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aResourceGetsTheCallerAndTheRecordOnTheEventLoop(HttpClient.Version version) throws Exception {
        var answer = nodeA.send(nodeA.to("/v1/echo")
                .version(version)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(BLOCK)));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.http().version()).isEqualTo(version);
        assertThat(answer.json().get("caller").asText()).isEqualTo("urn:sealkeeper:node:node-a");
        assertThat(answer.json().get("thread").asText()).contains("eventloop");
        assertThat(answer.json().at("/block/height").isIntegralNumber()).isTrue();
        assertThat(answer.json().at("/block/blockHash").asText()).isEqualTo(HASH);
        assertThat(answer.json().get("at").asText()).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(answer.header("Server")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.sealkeeper.http.MalformedBodies#blocks")
    void aMalformedBodyIsAnInvalidRequest(MalformedBodies.Case malformed) throws Exception {
        var answer = nodeA.post("/v1/echo", malformed.body());

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().get("field").asText()).isEqualTo(malformed.field());
        assertThat(answer.json().get("detail").asText()).startsWith(malformed.detail());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/echo/nowhere, 404, not-found",
        "GET, /nowhere, 404, not-found",
        "GET, /, 404, not-found",
        "GET, /q/health/ready, 404, not-found",
        "DELETE, /v1/echo, 405, method-not-allowed",
        "PUT, /v1/echo/caller, 405, method-not-allowed",
        "GET, /v1/echo/chains/UPPER/1, 400, invalid-request",
        "GET, /v1/echo/chains/lab-a/01, 400, invalid-request",
        "GET, /v1/echo/chains/lab-a/-1, 400, invalid-request",
        "GET, /v1/echo/chains/lab-a/9007199254740992, 400, invalid-request",
        "GET, /v1/echo/chains/lab-a/1?limit=1e3, 400, invalid-request",
        "GET, /v1/echo/chains/lab-a/1?limit=99999999999, 400, invalid-request",
    })
    void aRequestThatFitsNoResourceGetsAProblem(String method, String path, int status, String type) throws Exception {
        assertProblem(nodeA.send(nodeA.to(path).method(method, BodyPublishers.noBody())), status, type);
    }

    @Test
    void pathAndQueryValuesAreReadStrictly() throws Exception {
        var answer = nodeA.get("/v1/echo/chains/lab-a/9007199254740991?limit=3");

        assertThat(answer.text()).contains("\"chain\":\"lab-a\"", "\"height\":9007199254740991", "\"limit\":3");
        assertThat(nodeA.get("/v1/echo/chains/lab_a/1").json().get("field").asText())
                .isEqualTo("chain");
        assertThat(nodeA.get("/v1/echo/chains/lab-a/x").json().get("field").asText())
                .isEqualTo("height");
        assertThat(nodeA.get("/v1/echo/chains/lab-a/1?limit=x")
                        .json()
                        .get("field")
                        .asText())
                .isEqualTo("limit");
    }

    @Test
    void anUnacceptableMediaTypeGetsAProblem() throws Exception {
        assertProblem(nodeA.send(nodeA.to("/v1/echo/caller").header("Accept", "text/html")), 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/jsonp",
                "application/json; charset=utf-16",
                "nonsense"
            })
    void aBodyOfAnotherMediaTypeGetsAProblem(String type) throws Exception {
        var request = nodeA.to("/v1/echo").header("Content-Type", type).POST(BodyPublishers.ofByteArray(BLOCK));

        assertProblem(nodeA.send(request), 415, "unsupported-media-type");
    }

    @Test
    void aBodyWithoutAMediaTypeOrWithACodingGetsAProblem() throws Exception {
        var bare = nodeA.to("/v1/echo").POST(BodyPublishers.ofByteArray(BLOCK));
        var coded = bare.copy().header("Content-Type", "application/json").header("Content-Encoding", "gzip");

        assertProblem(nodeA.send(bare), 415, "unsupported-media-type");
        assertProblem(nodeA.send(coded), 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aBodyOfTheLargestSizeIsReadAndOneByteMoreIsNot(HttpClient.Version version) throws Exception {
        byte[] largest = new String(BLOCK, UTF_8)
                .concat(" ".repeat((1 << 20) - BLOCK.length))
                .getBytes(UTF_8);
        byte[] tooLarge = new String(largest, UTF_8).concat(" ").getBytes(UTF_8);
        var request = nodeA.to("/v1/echo").version(version).header("Content-Type", "application/json");

        assertThat(nodeA.send(request.POST(BodyPublishers.ofByteArray(largest))).status())
                .isEqualTo(201);
        assertProblem(nodeA.send(request.POST(BodyPublishers.ofByteArray(tooLarge))), 413, "payload-too-large");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aBodyThatHidesItsLengthIsMeasuredWhileItComes(HttpClient.Version version) throws Exception {
        var request = nodeA.to("/v1/echo").version(version).header("Content-Type", "application/json");

        assertThat(nodeA.send(request.POST(streamOf(BLOCK))).status()).isEqualTo(201);
        assertProblem(nodeA.send(request.POST(streamOf(new byte[(1 << 20) + 1]))), 413, "payload-too-large");
    }

    private static java.net.http.HttpRequest.BodyPublisher streamOf(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    @Test
    void aUriOrHeadersBeyondTheBoundGetAProblem() throws Exception {
        assertProblem(nodeA.get("/v1/echo/caller?" + "x".repeat(2_100)), 414, "uri-too-long");
        assertProblem(
                nodeA.send(nodeA.to("/v1/echo/caller").header("X-Long", "x".repeat(17_000))), 431, "headers-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/%zz", "/v1/echo|", "/v1/%", "/v1/a%2", "/v1/echo;a=b/caller", "/console;a=b/now"})
    void aMalformedUriGetsAProblem(String uri) throws Exception {
        String answer = nodeA.raw("GET " + uri + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("urn:sealkeeper:problem:invalid-request", "\"field\":\"uri\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONSENSE\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n"})
    void whatIsNotHttpIsRefused(String request) throws Exception {
        assertThat(nodeA.raw(request)).matches("(?s)HTTP/1\\.[01] 400 .*");
    }

    @ParameterizedTest
    @CsvSource({"hsm, 503, hsm-unavailable", "store, 503, store-unavailable", "overload, 429, overloaded"})
    void aFaultTellsTheCallerToComeAgainAndNothingElse(String kind, int status, String type) throws Exception {
        var answer = nodeA.get("/v1/echo/faults/" + kind);

        assertProblem(answer, status, type);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().get("detail").asText()).isEqualTo("send the same request again");
        assertThat(answer.text()).doesNotContain(EchoResource.SECRET);
    }

    @Test
    void aCallerWithTooManyRequestsAtATimeIsToldToComeAgain() throws Exception {
        var nodeB = new Door(base, TlsListener.PKI.client("node-b"));
        List<SSLSocket> waiting = new ArrayList<>();
        for (int i = 0; i < TlsListener.APPLIANCE.limits().concurrentRequests(); i++) {
            waiting.add(nodeB.begin("POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000\r\n\r\n{"));
        }

        // One of them may have met this caller's own question, and been refused in its place.
        Door.Answer refused = nodeB.get("/v1/echo/caller");
        for (int more = 0; more < 100 && refused.status() != 429; more++) {
            waiting.add(nodeB.begin("POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000\r\n\r\n{"));
            refused = nodeB.get("/v1/echo/caller");
        }

        assertProblem(refused, 429, "overloaded");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(nodeA.get("/v1/echo/caller").status()).isEqualTo(200);
        for (SSLSocket socket : waiting) {
            socket.close();
        }
        until(nodeB, 200);
    }

    /** Requests that were sent arrive, and connections that were closed end, when they will. */
    private static Door.Answer until(Door door, int status) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Door.Answer answer = door.get("/v1/echo/caller");
        while (answer.status() != status) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            answer = door.get("/v1/echo/caller");
        }
        return answer;
    }

    @Test
    void aRefusalHasTheFieldsOfItsFeature() throws Exception {
        var answer = nodeA.get("/v1/echo/faults/refused");

        assertProblem(answer, 409, "conflicting-block");
        assertThat(answer.json().get("signedHash").asText()).isEqualTo("00".repeat(32));
    }

    @Test
    void anUnforeseenFailureIsOneLineOfTheLogUnderItsRequestIdAndNotTold() throws Exception {
        Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
        var recorder = recorder(records);
        Logger.getLogger("").addHandler(recorder);
        try {
            var answer = nodeA.get("/v1/echo/faults/unforeseen");

            assertProblem(answer, 500, "internal");
            assertThat(answer.text()).doesNotContain(EchoResource.SECRET, "Exception", "org.");
            assertThat(records).hasSize(1).first().satisfies(record -> {
                assertThat(record.getThrown()).isNull();
                assertThat(record.getMessage())
                        .contains(EchoResource.SECRET, " at org.sealkeeper.http.EchoResource.fault(")
                        .hasLineCount(1);
                assertThat(((ExtLogRecord) record).getMdc("requestId")).isEqualTo(answer.header("X-Request-Id"));
            });
        } finally {
            Logger.getLogger("").removeHandler(recorder);
        }
    }

    private static Handler recorder(Queue<LogRecord> records) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                ((ExtLogRecord) record).copyMdc();
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void everyRequestHasAnIdOfItsOwn() throws Exception {
        String first = nodeA.get("/v1/echo/caller").header("X-Request-Id");
        String second = nodeA.get("/v1/echo/caller").header("X-Request-Id");

        assertThat(first).matches("[0-9a-f]{32}").isNotEqualTo(second);
    }

    @Test
    void aWellFormedRequestIdOfTheCallerIsKept() throws Exception {
        String longest = "A.b_c-9".repeat(9) + "x";
        for (String offered : new String[] {"a", "order-12.retry_3", longest}) {
            assertThat(nodeA.send(nodeA.to("/nowhere").header("X-Request-Id", offered))
                            .json()
                            .get("requestId")
                            .asText())
                    .isEqualTo(offered);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a/b", "a\"b", "a;b", "é"})
    void anIllFormedRequestIdOfTheCallerIsReplaced(String offered) throws Exception {
        var answer = nodeA.send(nodeA.to("/nowhere").header("X-Request-Id", offered));

        assertThat(answer.json().get("requestId").asText()).matches("[0-9a-f]{32}");
    }

    @Test
    void theDescriptionOfTheApiIsPublicAndTellsOfProblems() throws Exception {
        var stranger = new Door(base, TlsListener.PKI.clientWithoutCertificate());
        var answer = stranger.send(stranger.to("/openapi").header("Accept", "application/json"));

        assertThat(answer.status()).isEqualTo(200);
        var api = answer.json();
        assertThat(api.at("/info/title").asText()).isEqualTo("Sealkeeper");
        assertThat(api.at("/info/license/name").asText()).isEqualTo("Apache-2.0");
        assertThat(api.at("/components/securitySchemes/clientCertificate/type").asText())
                .isEqualTo("mutualTLS");
        assertThat(api.at("/components/securitySchemes/bearerToken/scheme").asText())
                .isEqualTo("bearer");
        assertThat(api.at("/paths/~1v1~1echo/post/security")).hasSize(2);
        var post = api.at("/paths/~1v1~1echo/post/responses");
        Stream.of("400", "401", "403", "404", "406", "408", "413", "415", "429", "500", "503")
                .forEach(status -> assertThat(post.at("/" + status + "/content/application~1problem+json/schema/$ref")
                                .asText())
                        .as(status)
                        .isEqualTo("#/components/schemas/Problem"));
        assertThat(api.at("/components/schemas/Block/additionalProperties").asBoolean(true))
                .isFalse();
        assertThat(api.at("/components/schemas/Height/maximum").asLong()).isEqualTo(9_007_199_254_740_991L);
    }

    @Test
    void thePlainTextPortIsClosed() {
        var plain = HttpClient.newHttpClient();
        var request = java.net.http.HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + base.getPort() + "/v1/echo/caller"))
                .build();

        assertThatThrownBy(() -> plain.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    private static void assertProblem(Door.Answer answer, int status, String type) throws IOException {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        var problem = answer.json();
        assertThat(problem.get("type").asText()).isEqualTo("urn:sealkeeper:problem:" + type);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("detail").asText()).isNotBlank();
        assertThat(problem.get("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
    }
}
