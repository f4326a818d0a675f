package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.CuttingProxy;
import org.sealkeeper.testing.FolderTree;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Ledger;
import org.sealkeeper.testing.PostgresServer;

/** Appliances that share a database: each with a token, keys and an audit log of its own, and the same chains. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedDatabaseIT {
    private static final String CHAIN = "/v1/chains/lab-a";
    private static final int RACES = Integer.getInteger("sealkeeper.races", 40);
    private static final int RIVALS = 6;

    @TempDir
    static Path folder;

    private static final int CUTS = Integer.getInteger("sealkeeper.commitCuts", 8);

    private static PostgresServer server;
    private static CuttingProxy beforeFirst;
    private static CuttingProxy beforeSecond;
    private static Home firstHome;
    private static Home secondHome;
    private static Home thirdHome;
    private static ApplianceProcess first;
    private static ApplianceProcess second;
    private static ApplianceProcess third;
    private static Caller atFirst;
    private static Caller atSecond;
    private static Caller atThird;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
        firstHome = Home.provisionOn(server, folder.resolve("first"));
        beforeFirst = reachThroughProxy(firstHome);
        first = ApplianceProcess.start(firstHome);
        secondHome = Home.provisionBeside(server, folder.resolve("second"), "b");
        beforeSecond = reachThroughProxy(secondHome);
        second = ApplianceProcess.start(secondHome);
        thirdHome = Home.provisionBeside(server, folder.resolve("third"), "c");
        third = ApplianceProcess.start(thirdHome);
        atThird = Caller.of(thirdHome, "node-a");
        atFirst = Caller.of(firstHome, "node-a");
        atSecond = Caller.of(secondHome, "node-a");
    }

    @AfterAll
    static void stop() throws IOException {
        atFirst.close();
        atSecond.close();
        atThird.close();
        first.kill();
        second.kill();
        third.kill();
        beforeFirst.close();
        beforeSecond.close();
        server.close();
    }

    /** The proxy must see what is said: two appliances come without TLS, the third one with it. */
    private static CuttingProxy reachThroughProxy(Home home) throws IOException {
        int port = server.database(folder).port();
        var proxy = new CuttingProxy(port);
        home.write(
                "appliance.yaml",
                home.read("appliance.yaml")
                        .replace("localhost:" + port, "localhost:" + proxy.port())
                        .replaceFirst("certificateAuthorities=[^&]+", "certificateAuthorities=none"));
        return proxy;
    }

    @Test
    @Order(1)
    void eachExtendsWhatTheOtherSignedAndShowsItsKeys() {
        String link = Blocks.GENESIS_LINK;
        for (long height = 0; height < 6; height++) {
            Caller node = List.of(atFirst, atSecond, atThird).get((int) height % 3);
            String hash = Blocks.hash("in turns", height);
            HttpResponse<String> signed = node.post(CHAIN + "/blocks", Blocks.request(height, link, hash));
            assertThat(signed.statusCode()).as(signed.body()).isEqualTo(201);
            link = hash;
        }
        for (Home home : List.of(firstHome, secondHome, thirdHome)) {
            verify(home, 6);
        }
        assertThat(blocks(atFirst))
                .allSatisfy(block -> assertThat(block.has("auditLog"))
                        .isEqualTo(block.get("height").asLong() % 3 != 0));
        assertThat(blocks(atSecond).getFirst().get("auditLog").asText()).isEqualTo("lab-a.example/sealkeeper");
        assertThat(secondHome
                        .here("store", "appliances", "--json", "--config", "@/appliance.yaml")
                        .succeeded()
                        .out()
                        .lines()
                        .map(Blocks::json)
                        .map(line -> line.get("name").asText()))
                .containsExactly("a", "b", "c");
    }

    @Test
    @Order(2)
    void ofRacingConflictingBlocksOneIsSignedAndEveryAnswerIsTrue() throws Exception {
        List<Caller> nodes = List.of(atFirst, atSecond, atThird);
        long from = head(atFirst).get("height").asLong() + 1;
        String link = head(atFirst).get("blockHash").asText();
        try (ExecutorService rivals = Executors.newFixedThreadPool(RIVALS)) {
            for (long height = from; height < from + RACES; height++) {
                List<Callable<HttpResponse<String>>> race = new ArrayList<>();
                for (int rival = 0; rival < RIVALS; rival++) {
                    Caller node = nodes.get(rival % nodes.size());
                    String request = Blocks.request(height, link, Blocks.hash("rival " + rival, height));
                    race.add(() -> node.post(CHAIN + "/blocks", request));
                }
                List<String> winners = new ArrayList<>();
                for (Future<HttpResponse<String>> answer : rivals.invokeAll(race)) {
                    if (answer.get().statusCode() == 201) {
                        winners.add(Blocks.json(answer.get()).get("blockHash").asText());
                    } else {
                        assertThat(answer.get().statusCode())
                                .as(answer.get().body())
                                .isEqualTo(409);
                    }
                }
                assertThat(winners).as("height %s", height).hasSize(1);
                link = winners.getFirst();
            }
        }
        assertThat(blocks(atFirst)).hasSize((int) from + RACES);
        verify(firstHome, from + RACES);
    }

    /** What one appliance has signed is verified with the keys that another shows. */
    @Test
    @Order(3)
    void aNewKeyOfOneIsKnownToAllBeforeItSigns() throws Exception {
        Set<String> used = new HashSet<>();
        boolean isRotated = false;
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (used.size() < 2) {
            JsonNode head = head(atFirst);
            long height = head.get("height").asLong() + 1;
            HttpResponse<String> signed = atFirst.post(
                    CHAIN + "/blocks",
                    Blocks.request(height, head.get("blockHash").asText(), Blocks.hash("rotated", height)));
            assertThat(signed.statusCode()).as(signed.body()).isEqualTo(201);
            String kid = Blocks.json(signed).get("keyId").asText();
            if (used.add(kid)) {
                for (Caller other : List.of(atSecond, atThird)) {
                    assertThat(other.get("/.well-known/jwks.json").body()).contains(kid);
                }
            }
            if (!isRotated) {
                firstHome
                        .configured("keys", "rotate", "--alias", "lab-a-blocks")
                        .succeeded();
                isRotated = true;
            }
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    @Order(4)
    void everyAnswerIsTrueWhileAnswersToCommitAreCutOff() {
        var ledger = new Ledger(atFirst.get("/.well-known/jwks.json").body());
        try (var _ = ledger.load(firstHome, 2, Ledger.LEISURE);
                var _ = ledger.load(secondHome, 2, Ledger.LEISURE);
                var _ = ledger.load(thirdHome, 1, Ledger.LEISURE)) {
            for (int cut = 0; cut < CUTS; cut++) {
                beforeFirst.cutAfter("COMMIT");
                if (cut % 2 == 0) {
                    beforeSecond.cutAfter("COMMIT");
                } else {
                    beforeSecond.cutBefore("COMMIT");
                }
                Await.until(() -> beforeFirst.hasCut() && beforeSecond.hasCut());
                awaitMore(ledger, 5);
            }
        }
        ledger.assertThatNoHeightHasTwoHashes();
        ledger.assertThatNothingIsLost(export(atThird));
        verify(firstHome, blocks(atFirst).size());
        verify(secondHome, blocks(atFirst).size());
    }

    @Test
    @Order(5)
    void nothingIsLostOrSignedTwiceWhileAppliancesAndTheServerAreKilledAndStopped() {
        var ledger = new Ledger(atFirst.get("/.well-known/jwks.json").body());
        try (var _ = ledger.load(firstHome, 2, Ledger.LEISURE);
                var _ = ledger.load(secondHome, 2, Ledger.LEISURE);
                var _ = ledger.load(thirdHome, 2, Ledger.LEISURE)) {
            awaitMore(ledger, 20);
            first.kill();
            awaitMore(ledger, 20);
            first = ApplianceProcess.start(firstHome);
            awaitMore(ledger, 20);
            server.kill();
            pause(Duration.ofMillis(500));
            server.restart();
            awaitMore(ledger, 20);
            second.pause();
            pause(Duration.ofSeconds(12)); // longer than the server lets a transaction be idle, and than the lease
            second.resume();
            awaitMore(ledger, 20);
        }
        first.awaitReady();
        second.awaitReady();
        third.awaitReady();
        ledger.assertThatNoHeightHasTwoHashes();
        ledger.assertThatNothingIsLost(export(atFirst));
        ledger.assertThatNothingIsLost(export(atSecond));
        verify(firstHome, blocks(atFirst).size());
        verify(secondHome, blocks(atFirst).size());
    }

    @Test
    @Order(6)
    void afterARestartOfTheServerNothingIsSignedBeforeAllHaveLookedOrAreRetired() throws Exception {
        second.kill();
        server.kill();
        server.restart();
        awaitAnswer(atFirst, "awaiting-appliances");
        HttpResponse<String> refused = ask(atFirst);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(first.health("ready")).contains("was found complete by the appliance 'b'");
        assertThat(atFirst.get(CHAIN).statusCode()).isEqualTo(200);

        second = ApplianceProcess.start(secondHome);
        first.awaitReady();
        assertThat(ask(atFirst).statusCode()).isEqualTo(201);

        second.pause();
        server.kill();
        server.restart();
        Await.until(() -> ask(atFirst).statusCode() == 503);
        String[] retire = {"store", "retire", "--appliance", "b", "--config", "@/appliance.yaml"};
        assertThat(firstHome.here(retire).err()).contains("stop it first");
        execute("UPDATE sealkeeper.appliance SET beat_at = '2026-01-01T00:00:00Z' WHERE name = 'b'");
        assertThat(firstHome.here(retire).succeeded().out()).contains("retired");
        assertThat(firstHome.here(retire).err()).contains("retired before");
        first.awaitReady();
        assertThat(ask(atFirst).statusCode()).isEqualTo(201);
        verify(firstHome, blocks(atFirst).size());
        Await.until(() -> operations(firstHome).containsAll(List.of("acknowledge-appliance", "retire-appliance")));

        second.resume();
        awaitAnswer(atSecond, "\"reason\":\"retired\"");
        second.kill();
        var again = ApplianceProcess.launchToEnd(secondHome, Map.of());
        assertThat(again.awaitExit()).isNotZero();
        assertThat(again.output()).contains("this appliance was retired at");
    }

    /** One signs what the other has not looked at; then the database is as it was before. */
    @Test
    @Order(7)
    void aDatabaseThatWasTurnedBackIsSignedOnByNone() throws Exception {
        secondHome = Home.provisionBeside(server, folder.resolve("fourth"), "d");
        second = ApplianceProcess.start(secondHome);
        first.awaitReady();
        second.pause();
        Path backup = server.backUp();
        assertThat(ask(atFirst).statusCode()).isEqualTo(201);

        server.restartOn(data -> copy(backup, data));
        second.resume();
        try (var node = Caller.of(secondHome, "node-a")) {
            awaitAnswer(atFirst, "\"reason\":\"store-behind\"");
            awaitAnswer(node, "awaiting-appliances");
            assertThat(second.health("ready")).contains("was found complete by the appliance 'a'");
        }
    }

    private static void awaitAnswer(Caller node, String expected) {
        var last = new AtomicReference<String>();
        try {
            Await.until(() -> {
                last.set(ask(node).body());
                return last.get().contains(expected);
            });
        } catch (AssertionError never) {
            throw new AssertionError("expected " + expected + ", found " + last.get(), never);
        }
    }

    /** Another block on the head, whatever that is. */
    private static HttpResponse<String> ask(Caller node) {
        HttpResponse<String> chain = node.get(CHAIN);
        if (chain.statusCode() != 200) {
            return chain;
        }
        JsonNode head = Blocks.json(chain).get("head");
        long height = head.get("height").asLong() + 1;
        return node.post(
                CHAIN + "/blocks",
                Blocks.request(height, head.get("blockHash").asText(), Blocks.hash("asked", height)));
    }

    /** As far as the newest checkpoint covers them. */
    private static List<String> operations(Home home) {
        home.fetchLog("log");
        return home.here("audit", "search", "--json", "@/log")
                .succeeded()
                .out()
                .lines()
                .map(entry -> Blocks.json(entry).at("/leaf/operation").asText())
                .toList();
    }

    private static void copy(Path from, Path to) {
        try {
            new FolderTree(from).copy(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(server.database(folder).database());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static JsonNode head(Caller node) {
        return Blocks.json(node.get(CHAIN)).get("head");
    }

    private static String export(Caller node) {
        return node.get(CHAIN + "/blocks?from=0", "application/x-ndjson").body();
    }

    private static List<JsonNode> blocks(Caller node) {
        return export(node).lines().map(Blocks::json).toList();
    }

    private static void awaitMore(Ledger ledger, int blocks) {
        int before = ledger.size();
        Await.until(() -> ledger.size() >= before + blocks);
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** Offline: the whole chain, and the log of this appliance with its blocks in it. */
    private static void verify(Home home, long blocks) {
        try (var auditor = Caller.of(home, "auditor")) {
            home.write("jwks.json", auditor.get("/.well-known/jwks.json").body());
            home.write("lab-a.ndjson", export(auditor));
        }
        assertThat(home.here("chain", "verify", "--keys", "@/jwks.json", "@/lab-a.ndjson")
                        .succeeded()
                        .out())
                .contains("chain lab-a: " + blocks + " blocks");
        home.fetchLog("log");
        assertThat(home.here(
                                "audit",
                                "verify",
                                "@/log",
                                "--vkeys",
                                "@/audit.vkeys",
                                "--blocks",
                                "@/lab-a.ndjson",
                                "--keys",
                                "@/jwks.json")
                        .succeeded()
                        .err())
                .contains("say that their leaves are in the log");
    }
}
