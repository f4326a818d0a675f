package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;

/** Two ledger nodes, or one confused node twice, ask for the same height at the same moment. */
class RacesIT {
    private static final int PAIRS = 1_000;

    @TempDir
    static Path folder;

    private static Home home;
    private static ApplianceProcess appliance;

    @BeforeAll
    static void start() {
        home = Home.provision(folder);
        appliance = ApplianceProcess.start(home);
    }

    @AfterAll
    static void stop() {
        appliance.close();
        assertThat(appliance.output()).doesNotContain("ERROR");
    }

    @Test
    void ofAThousandRacingPairsOfConflictingBlocksEachHeightSignsExactlyOne() throws Exception {
        try (var left = Caller.of(home, "node-a");
                var right = Caller.of(home, "node-a");
                ExecutorService racers = Executors.newFixedThreadPool(2)) {
            String link = Blocks.GENESIS_LINK;
            List<String> signed = new ArrayList<>();
            for (int height = 0; height < PAIRS; height++) {
                var start = new CyclicBarrier(2);
                String below = link;
                int at = height;
                Future<HttpResponse<String>> first = racers.submit(() -> ask(left, start, at, below, "left"));
                Future<HttpResponse<String>> second = racers.submit(() -> ask(right, start, at, below, "right"));

                var answers = List.of(first.get(), second.get());
                assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(201, 409);
                var winner = answers.stream()
                        .filter(a -> a.statusCode() == 201)
                        .findFirst()
                        .orElseThrow();
                var loser = answers.stream()
                        .filter(a -> a.statusCode() == 409)
                        .findFirst()
                        .orElseThrow();
                link = Blocks.json(winner).get("blockHash").asText();
                assertThat(Blocks.json(loser).get("type").asText())
                        .isEqualTo("urn:sealkeeper:problem:conflicting-block");
                assertThat(Blocks.json(loser).get("signedHash").asText()).isEqualTo(link);
                assertThat(loser.body()).doesNotContain("signature\"");
                signed.add(Blocks.json(winner).get("signature").asText());
            }

            assertThat(signed).hasSize(PAIRS).doesNotHaveDuplicates();
        }
    }

    @Test
    void racingRequestsForTheSameBlockAllGetTheOneSignature() throws Exception {
        try (var node = Caller.of(home, "node-b");
                ExecutorService racers = Executors.newFixedThreadPool(8)) {
            for (int height = 0; height < 50; height++) {
                var start = new CyclicBarrier(8);
                List<Future<String>> answers = new ArrayList<>();
                String request = Blocks.request("same", height);
                for (int i = 0; i < 8; i++) {
                    answers.add(racers.submit(() -> {
                        start.await();
                        var answer = node.post("/v1/chains/lab-b/blocks", request);
                        return Blocks.json(answer).get("signature").asText();
                    }));
                }
                List<String> signatures = new ArrayList<>();
                for (var answer : answers) {
                    signatures.add(answer.get());
                }
                assertThat(signatures).hasSize(8).containsOnly(signatures.getFirst());
            }
        }
    }

    private static HttpResponse<String> ask(Caller node, CyclicBarrier start, int height, String link, String side)
            throws Exception {
        String request = Blocks.request(height, link, Blocks.hash(side + height));
        start.await();
        return node.post("/v1/chains/lab-a/blocks", request);
    }
}
