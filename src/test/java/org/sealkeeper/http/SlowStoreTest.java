package org.sealkeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller that sent its whole request is not told that it was too slow, however slow the store is. */
@QuarkusTest
@TestProfile(HttpRoomsOnly.class)
class SlowStoreTest {
    @TestHTTPResource(value = "/", tls = true)
    URI base;

    @Inject
    CountingJournal journal;

    private final CompletableFuture<Object> store = new CompletableFuture<>();
    private Door nodeA;

    @BeforeEach
    void slowDown() {
        nodeA = new Door(base, TlsListener.PKI.client("node-a"));
        journal.waitFor(store);
    }

    @AfterEach
    void mend() {
        store.complete(true);
        journal.waitFor(CompletableFuture.completedStage(true));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aReadIsToldThatTheStoreIsAwayAndNothingIsSaidOfItsLateAnswer(HttpClient.Version version) throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Handler recorder = recorder(lines);
        Logger.getLogger("").addHandler(recorder);
        try {
            assertToldAndServedLater(version);
            assertThat(lines).isEmpty();
        } finally {
            Logger.getLogger("").removeHandler(recorder);
        }
    }

    /** The late answer is dropped before the next one is given: both are on one connection, and its thread. */
    private void assertToldAndServedLater(HttpClient.Version version) throws Exception {
        var answer = nodeA.send(nodeA.to("/v1/echo/caller").version(version));

        assertThat(answer.http().version()).isEqualTo(version);
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().get("type").asText()).isEqualTo("urn:sealkeeper:problem:store-unavailable");
        assertThat(answer.json().get("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));

        mend();
        assertThat(nodeA.send(nodeA.to("/v1/echo/caller").version(version)).status())
                .isEqualTo(200);
    }

    private static Handler recorder(Queue<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                    lines.add(record.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
