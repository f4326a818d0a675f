package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;

/** kill -9 at a random moment of signing, again and again. */
class KillIT {
    private static final int ROUNDS = 30;
    private static final int MOST_BLOCKS_BEFORE_A_KILL = 120;

    @TempDir
    static Path folder;

    @Test
    void noAcknowledgedSignatureIsLostAndNoHeightEverHasTwoHashes() throws Exception {
        Home home = Home.provision(folder);
        var random = new Random(20_260_101);
        Map<Long, String> acknowledged = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (var node = Caller.of(home, "node-a");
                    var auditor = Caller.of(home, "auditor")) {
                var appliance = ApplianceProcess.start(home);
                assertThatNothingWasLost(auditor, acknowledged);
                signUntilKilled(appliance, node, round, acknowledged, random.nextInt(1, MOST_BLOCKS_BEFORE_A_KILL));
            }
        }
        try (var appliance = ApplianceProcess.start(home);
                var auditor = Caller.of(home, "auditor")) {
            assertThatNothingWasLost(auditor, acknowledged);
            assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
            assertThat(appliance.output()).doesNotContain("ERROR");
            home.write("blocks.ndjson", export(auditor));
            home.write("jwks.json", auditor.get("/.well-known/jwks.json").body());
        }
        home.sealkeeper("chain", "verify", "--keys", "jwks.json", "--chain", "lab-a", "blocks.ndjson")
                .succeeded();
    }

    /** The node goes on from where the chain stands; a request that got no answer is sent again, as a node does. */
    private static void signUntilKilled(
            ApplianceProcess appliance, Caller node, int round, Map<Long, String> acknowledged, int killAfter)
            throws InterruptedException {
        Map<Long, String> answered = new ConcurrentHashMap<>();
        var enough = new CountDownLatch(killAfter);
        long from = acknowledged.size();
        Thread signing = Thread.ofPlatform().start(() -> {
            try {
                for (long height = from; ; height++) {
                    var answer = node.post("/v1/chains/lab-a/blocks", Blocks.request("kill", height));
                    assertThat(answer.statusCode())
                            .as("height %s in round %s", height, round)
                            .isIn(200, 201);
                    answered.put(height, Blocks.json(answer).get("signature").asText());
                    enough.countDown();
                }
            } catch (UncheckedIOException killed) {
                enough.countDown();
            }
        });
        enough.await();
        appliance.kill();
        signing.join();
        acknowledged.putAll(answered);
    }

    private static void assertThatNothingWasLost(Caller auditor, Map<Long, String> acknowledged) {
        Map<Long, String> kept = new HashMap<>();
        for (String line : export(auditor).lines().toList()) {
            JsonNode block = Blocks.json(line);
            long height = block.get("height").asLong();
            assertThat(block.get("blockHash").asText()).isEqualTo(Blocks.hash("kill", height));
            assertThat(kept.put(height, block.get("signature").asText()))
                    .as("height %s twice", height)
                    .isNull();
        }
        assertThat(kept).containsAllEntriesOf(acknowledged);
    }

    private static String export(Caller auditor) {
        return auditor.get("/v1/chains/lab-a/blocks?from=0", "application/x-ndjson")
                .body();
    }
}
