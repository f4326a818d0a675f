package org.sealkeeper.http.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.http.CountingJournal;
import org.sealkeeper.http.Door;
import org.sealkeeper.http.MalformedBodies;
import org.sealkeeper.http.TlsListener;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;

/** Every request is recorded or counted once, or neither where it is public or recorded elsewhere. */
public abstract class AccessRecordsTest {
    private static final Optional<CallerId> NODE_A = Optional.of(new CallerId("urn:sealkeeper:node:node-a"));
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final URI base;
    private final CountingJournal journal;
    private Door nodeA;
    private Door stranger;
    private int requests;

    protected AccessRecordsTest(URI base, CountingJournal journal) {
        this.base = base;
        this.journal = journal;
    }

    @BeforeEach
    void openDoors() {
        nodeA = new Door(base, TlsListener.PKI.client("node-a"));
        stranger = new Door(base, TlsListener.PKI.clientWithoutCertificate());
    }

    @AfterEach
    void mendJournal() {
        journal.breakDown(false);
    }

    @Test
    void anAnswerThatCannotBeRecordedIsNotGiven() throws Exception {
        journal.breakDown(true);

        var answer = nodeA.get("/v1/echo/caller");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().get("type").asText()).isEqualTo("urn:sealkeeper:problem:store-unavailable");
        assertThat(answer.json().get("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.text()).doesNotContain("node-a");
        journal.breakDown(false);
        assertThat(nodeA.get("/v1/echo/caller").text()).contains("node-a");
    }

    @Test
    void aRefusalThatCannotBeRecordedIsNotGivenEither() throws Exception {
        journal.breakDown(true);

        var answer = nodeA.get("/v1/echo/faults/refused");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("store-unavailable").doesNotContain("signedHash");
    }

    @Test
    void whatARecordedDoorAnswersIsRecordedOnce() throws Exception {
        assertThat(recorded(nodeA, nodeA.to("/v1/echo/caller"))).singleElement().satisfies(access -> {
            assertThat(access.caller().flatMap(Caller::certificate)).isEqualTo(NODE_A);
            assertThat(access.operation()).hasValue("read-keys");
            assertThat(access.problem()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/echo/faults/refused, conflicting-block",
        "/v1/echo/faults/hsm, hsm-unavailable",
        "/v1/echo/faults/overload, overloaded",
    })
    void whatARecordedDoorRefusesIsRecordedOnceWithItsReason(String path, String problem) throws Exception {
        assertThat(recorded(nodeA, nodeA.to(path))).singleElement().satisfies(access -> {
            assertThat(access.caller().flatMap(Caller::certificate)).isEqualTo(NODE_A);
            assertThat(access.operation()).hasValue("verify-signature");
            assertThat(access.problem().orElseThrow().name()).isEqualTo(problem);
        });
    }

    @Test
    void aDoorPassedAThousandTimesIsCountedWithWhatItNoted() throws Exception {
        assertThat(counted(nodeA, nodeA.to("/v1/echo/chains/lab-a/1"), 200))
                .singleElement()
                .satisfies(access -> {
                    assertThat(access.operation()).hasValue("read-chain");
                    assertThat(access.chain()).hasValue(new ChainName("lab-a"));
                    assertThat(access.rule()).hasValue("echo/chains");
                    assertThat(access.problem()).isEmpty();
                });
        assertThat(counted(nodeA, nodeA.to("/v1/echo/chains/lab-a/01"), 400))
                .singleElement()
                .satisfies(access -> assertThat(access.problem()).hasValue(ProblemType.INVALID_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({"/v1/echo/caller", "/v1/nowhere", "/"})
    void anUnidentifiedCallerIsCountedOnceAndNotRecorded(String path) throws Exception {
        assertThat(counted(stranger, stranger.to(path), 401)).singleElement().satisfies(access -> {
            assertThat(access.caller()).isEmpty();
            assertThat(access.operation()).isEmpty();
            assertThat(access.problem()).hasValue(ProblemType.UNAUTHENTICATED);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nowhere, 404, not-found",
        "GET, /v1/echo/nowhere, 404, not-found",
        "DELETE, /v1/echo, 405, method-not-allowed",
        "POST, /v1/echo, 415, unsupported-media-type",
        "GET, /v1/echo/caller, 406, not-acceptable",
    })
    void whatFindsNoDoorIsCountedOnceWithItsCaller(String method, String path, int status, String problem)
            throws Exception {
        var request = nodeA.to(path).header("Accept", "application/json").method(method, BodyPublishers.noBody());
        if (status == 406) {
            request.setHeader("Accept", "text/html");
        }
        assertThat(counted(nodeA, request, status)).singleElement().satisfies(access -> {
            assertThat(access.caller().flatMap(Caller::certificate)).isEqualTo(NODE_A);
            assertThat(access.problem().orElseThrow().name()).isEqualTo(problem);
        });
    }

    @Test
    void aMalformedBodyIsCountedOnceWithItsCaller() throws Exception {
        assertThat(counted(nodeA, post("{"), 400)).singleElement().satisfies(access -> {
            assertThat(access.caller().flatMap(Caller::certificate)).isEqualTo(NODE_A);
            assertThat(access.problem()).hasValue(ProblemType.INVALID_REQUEST);
        });
    }

    @Test
    void whatIsTooLargeIsCountedOnce() throws Exception {
        assertThat(counted(nodeA, nodeA.to("/v1/echo/caller?" + "x".repeat(2_100)), 414))
                .singleElement()
                .satisfies(access -> assertThat(access.problem()).hasValue(ProblemType.URI_TOO_LONG));
    }

    @Test
    void whatIsPublicAndWhatIsRecordedElsewhereIsNeitherRecordedNorCounted() throws Exception {
        assertThat(counted(stranger, stranger.to("/openapi"), 200)).isEmpty();
        assertThat(counted(nodeA, post(MalformedBodies.BLOCK), 201)).isEmpty();
    }

    private HttpRequest.Builder post(String json) {
        return nodeA.to("/v1/echo")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "/console, 303, unauthenticated",
        "/console/assets/nothing, 404, not-found",
    })
    void aRefusalThatABrowserGetsAsAPageIsCountedAsAnyOther(String path, int status, String problem) throws Exception {
        var request = stranger.to(path).header("Accept", "text/html");

        assertThat(counted(stranger, request, status))
                .singleElement()
                .satisfies(access ->
                        assertThat(access.problem().map(ProblemType::name)).hasValue(problem));
    }

    /** What is recorded of a request that is not counted too. */
    private List<Access> recorded(Door door, HttpRequest.Builder request) throws Exception {
        String id = send(door, request).header("X-Request-Id");
        assertThat(of(id, journal.counted())).isEmpty();
        return of(id, journal.recorded());
    }

    /** What is counted of a request that is not recorded too. */
    private List<Access> counted(Door door, HttpRequest.Builder request, int status) throws Exception {
        var answer = send(door, request);
        assertThat(answer.status()).isEqualTo(status);
        String id = answer.header("X-Request-Id");
        assertThat(of(id, journal.recorded())).isEmpty();
        return of(id, journal.counted());
    }

    /** An answer may come before it is counted: after it, one more request is sent, and waited for until that one is. */
    private Door.Answer send(Door door, HttpRequest.Builder request) throws Exception {
        var answer = door.send(request.header("X-Request-Id", "access-" + requests++ + "-" + System.nanoTime()));
        String last = door.get("/nowhere").header("X-Request-Id");
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (of(last, journal.counted()).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        return answer;
    }

    private static List<Access> of(String id, List<Access> accesses) {
        return accesses.stream()
                .filter(access -> access.id().value().equals(id))
                .toList();
    }
}
