package org.sealkeeper.fhir.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.background.CountedPauses;
import org.sealkeeper.config.FhirServer;
import org.sealkeeper.fhir.FhirRelease;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.HapiFhirServer;
import org.sealkeeper.testing.SoftwareFhirServer;
import org.sealkeeper.testing.SoftwareFhirServer.Whim;
import org.sealkeeper.testing.TestLog;

/** A FHIR server gets every leaf, whatever happens to it. */
class FhirFeedTest {
    private static final int LEAVES = 12;
    private static final int MOST_ROUNDS = 40;

    /** All tests have one log, which grows: each has a server of its own, which is told everything. */
    @TempDir
    static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static TestLog appliance;
    private static Store store;
    private static FaultyStore faulty;
    private static AuditLog log;
    /** How many leaves are published, those of the keys that were made for the test included. */
    private static int size;

    private SoftwareFhirServer server;

    @BeforeAll
    static void open() {
        appliance = TestLog.in(folder);
        store = appliance.openStore();
        faulty = new FaultyStore(store);
        log = appliance.open(faulty);
        write(LEAVES);
    }

    @AfterAll
    static void close() {
        log.close();
        store.close();
        appliance.close();
        CLIENT.close();
    }

    @BeforeEach
    void startServer() throws IOException {
        server = SoftwareFhirServer.plain();
    }

    @AfterEach
    void stopServer() {
        server.close();
        assertThat(server.complaints()).isEmpty();
    }

    private static void write(int leaves) {
        for (int i = 0; i < leaves; i++) {
            size = Math.toIntExact(
                            log.append(TestLog.leaf(i)).toCompletableFuture().join())
                    + 1;
        }
        var _ = log.covering(size - 1).toCompletableFuture().join();
    }

    private FhirFeed feed(CountedPauses pauses, FhirServer.Write write) {
        return feed(pauses, write, Optional.empty());
    }

    private FhirFeed feed(CountedPauses pauses, FhirServer.Write write, Optional<Path> token) {
        return feed(pauses, new FhirServer(server.url(), "R4", write, Path.of("none"), token), Duration.ofMillis(500));
    }

    private static FhirFeed feed(CountedPauses pauses, FhirServer settings, Duration patience) {
        var remote = new RemoteFhirServer(settings, CLIENT, patience);
        var feed = new FhirFeed(log, faulty, remote, FhirRelease.R4, pauses.loops());
        feed.start();
        return feed;
    }

    private static void passUntilAllAreSent(CountedPauses pauses, FhirFeed feed) throws InterruptedException {
        for (int round = 0; round < MOST_ROUNDS && (round == 0 || feed.lag() > 0); round++) {
            pauses.pass(1);
        }
        assertThat(feed.progress().trouble()).isEmpty();
        assertThat(feed.lag()).isZero();
    }

    private static List<Long> all() {
        return LongStream.range(0, size).boxed().toList();
    }

    @Test
    void eachLeafArrivesOnceAndInOrderWhateverTheServerDoes() throws Exception {
        var pauses = new CountedPauses();
        var never = new CountDownLatch(1);
        server.has(
                new Whim.Answers(500),
                new Whim.Answers(429, Map.of("Retry-After", "0")),
                new Whim.HangsUp(),
                new Whim.Hangs(new CountDownLatch(1), never),
                new Whim.Answers(422),
                new Whim.Answers(401),
                new Whim.Answers(302, Map.of("Location", "/elsewhere")),
                new Whim.Answers(503, Map.of("Retry-After", "soon")),
                new Whim.Answers(404));
        try (var feed = feed(pauses, FhirServer.Write.UPDATE)) {
            pauses.pass(3);
            server.kill();
            pauses.pass(2);
            assertThat(feed.progress().trouble()).isPresent();
            assertThat(feed.lag()).isPositive();
            server.revive();
            passUntilAllAreSent(pauses, feed);
            assertThat(server.leaves()).isEqualTo(all());

            write(3);
            passUntilAllAreSent(pauses, feed);
            assertThat(server.leaves()).isEqualTo(all());
            assertThat(pauses.loops().deaths()).isEmpty();
        } finally {
            never.countDown();
        }
    }

    /** What is sent with {@code create} and kept without an answer would be there twice, as is documented; so it is killed before that. */
    @ParameterizedTest
    @CsvSource({"UPDATE, BEFORE_IT_IS_ANSWERED", "CREATE, BEFORE_IT_IS_KEPT"})
    void hapiHasEachLeafOnceAndInOrderAfterItWasKilledAtWork(FhirServer.Write write, HapiFhirServer.Place place)
            throws Exception {
        var pauses = new CountedPauses();
        try (var hapi = HapiFhirServer.stuckAt(place, LEAVES / 2);
                var feed = feed(
                        pauses,
                        new FhirServer(hapi.url(), "R4", write, Path.of("none"), Optional.empty()),
                        Duration.ofMinutes(1))) {
            pauses.allow(1);
            assertThat(hapi.awaitStuck()).isTrue();
            hapi.kill();
            pauses.pass(2);
            assertThat(feed.progress().trouble()).isPresent();
            assertThat(feed.progress().next()).isEqualTo(LEAVES / 2 - 1);
            assertThat(hapi.leaves()).hasSize(write == FhirServer.Write.UPDATE ? LEAVES / 2 : LEAVES / 2 - 1);
            hapi.revive();
            passUntilAllAreSent(pauses, feed);
            assertThat(hapi.leaves()).isEqualTo(all());
        }
    }

    @Test
    void aLeafThatIsRefusedHoldsUpTheOthersUntilItIsTaken() throws Exception {
        var pauses = new CountedPauses();
        try (var feed = feed(pauses, FhirServer.Write.UPDATE)) {
            passUntilAllAreSent(pauses, feed);
            int first = size;
            server.has(new Whim.Answers(422), new Whim.Answers(422));
            write(2);
            pauses.pass(2);
            assertThat(server.leaves()).hasSize(first);
            assertThat(feed.progress().isRefused()).isTrue();
            assertThat(feed.progress().next()).isEqualTo(first);
            assertThat(feed.lag()).isEqualTo(2);
            assertThat(feed.progress().trouble().orElseThrow())
                    .contains("leaf " + first + " was refused", "422", "as the test asks");
            passUntilAllAreSent(pauses, feed);
            assertThat(server.leaves()).isEqualTo(all());
            assertThat(feed.progress().isRefused()).isFalse();
        }
    }

    @Test
    void afterARestartItGoesOnWhereItWas() throws Exception {
        var pauses = new CountedPauses();
        try (var feed = feed(pauses, FhirServer.Write.CREATE)) {
            passUntilAllAreSent(pauses, feed);
        }
        write(1);
        pauses = new CountedPauses();
        try (var feed = feed(pauses, FhirServer.Write.CREATE)) {
            passUntilAllAreSent(pauses, feed);
        }
        // Each POST is one more resource: none was sent twice.
        assertThat(server.leaves()).isEqualTo(all());
    }

    @Test
    void aTokenIsReadAnewAndWhatIsWrongWithItIsSaid() throws Exception {
        server.close();
        server = SoftwareFhirServer.plain("eyJh.token");
        var pauses = new CountedPauses();
        Path file = folder.resolve("fhir.token");
        try (var feed = feed(pauses, FhirServer.Write.UPDATE, Optional.of(file))) {
            pauses.pass(1);
            assertThat(feed.progress().trouble().orElseThrow())
                    .contains("fhir.token: expected a bearer token file here, found none");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "two words");
            pauses.pass(1);
            assertThat(feed.progress().trouble().orElseThrow())
                    .contains("expected a bearer token (RFC 6750)")
                    .doesNotContain("two words");
            Files.writeString(file, "eyJh.token\n");
            passUntilAllAreSent(pauses, feed);
            assertThat(server.leaves()).isEqualTo(all());
        }
    }

    /** What was taken while the store could not keep it is sent again after a crash, and not before. */
    @Test
    void aCursorThatIsNotDurableNeverSkipsALeaf() throws Exception {
        var pauses = new CountedPauses();
        faulty.failOnce(FaultyStore.Fault.LOST);
        try (var _ = feed(pauses, FhirServer.Write.CREATE)) {
            pauses.pass(1);
            assertThat(server.leaves()).isEqualTo(all());
        }
        pauses = new CountedPauses();
        try (var feed = feed(pauses, FhirServer.Write.UPDATE)) {
            passUntilAllAreSent(pauses, feed);
            pauses.pass(2);
        }
        assertThat(server.leaves()).hasSize(2 * size).startsWith(all().toArray(Long[]::new));
        assertThat(server.leaves().subList(size, 2 * size)).isEqualTo(all());
    }
}
