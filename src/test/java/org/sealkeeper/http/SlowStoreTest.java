package org.sealkeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller that sent its whole request is not told that it was too slow, however slow the store is. */
abstract class SlowStoreTest {
    private final URI base;
    private final CountingJournal journal;
    private final CompletableFuture<Object> store = new CompletableFuture<>();

    SlowStoreTest(URI base, CountingJournal journal) {
        this.base = base;
        this.journal = journal;
    }

    @BeforeEach
    void slowDown() {
        journal.waitFor(store);
    }

    @AfterEach
    void mend() {
        store.complete(true);
        journal.waitFor(CompletableFuture.completedStage(true));
    }

    @Test
    void aReadIsToldThatTheStoreIsAwayAndNothingIsSaidOfItsLateAnswer() throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Handler recorder = recorder(lines);
        Logger.getLogger("").addHandler(recorder);
        try {
            assertAllAreToldAndServedLater();
            assertThat(lines).isEmpty();
        } finally {
            Logger.getLogger("").removeHandler(recorder);
        }
    }

    /** The late answer is dropped before the next one is given: both are on one connection, and its thread. */
    private void assertAllAreToldAndServedLater() throws Exception {
        Map<HttpClient.Version, Door> doors = new EnumMap<>(HttpClient.Version.class);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> told = new ArrayList<>();
            for (HttpClient.Version version : HttpClient.Version.values()) {
                var door = new Door(base, TlsListener.PKI.client("node-a"));
                doors.put(version, door);
                told.add(callers.submit(() -> assertTold(door, version)));
            }
            for (Future<?> answer : told) {
                answer.get();
            }
        }

        mend();
        for (HttpClient.Version version : HttpClient.Version.values()) {
            assertThat(ask(doors.get(version), version).status()).isEqualTo(200);
        }
    }

    private static Door.Answer assertTold(Door door, HttpClient.Version version) throws Exception {
        var answer = ask(door, version);

        assertThat(answer.http().version()).isEqualTo(version);
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().get("type").asText()).isEqualTo("urn:sealkeeper:problem:store-unavailable");
        assertThat(answer.json().get("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
        return answer;
    }

    private static Door.Answer ask(Door door, HttpClient.Version version) throws Exception {
        return door.send(door.to("/v1/echo/caller").version(version));
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
