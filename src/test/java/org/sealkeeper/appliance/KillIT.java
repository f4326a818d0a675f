package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.PostgresServer;

/** kill -9 at a random moment of signing, again and again: one block after the other, and in every second round many with one signature. */
class KillIT {
    /** The profile {@code soak} has more. */
    private static final int ROUNDS = Integer.getInteger("sealkeeper.kills", 3);

    private static final int ROUNDS_ON_POSTGRESQL = Integer.getInteger("sealkeeper.kills", 2);

    private static final int MOST_BLOCKS_BEFORE_A_KILL = 60;
    private static final int BLOCKS_OF_A_BATCH = 7;

    @TempDir
    Path folder;

    @Test
    void noAcknowledgedSignatureIsLostAndNoHeightEverHasTwoHashes() throws Exception {
        Home home = Home.provision(folder);
        killAgainAndAgain(home, ROUNDS, home::asProcess);
    }

    @Test
    void norWithTheStoreInPostgresql() throws Exception {
        try (var server = PostgresServer.start()) {
            Home home = Home.provisionOn(server, folder);
            killAgainAndAgain(home, ROUNDS_ON_POSTGRESQL, home::here);
        }
    }

    private static void killAgainAndAgain(Home home, int rounds, Function<String[], Command> commands)
            throws Exception {
        var random = new Random(20_260_101);
        Map<Long, String> acknowledged = new HashMap<>();
        Map<Long, String> checkpoints = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            try (var node = Caller.of(home, "node-a");
                    var auditor = Caller.of(home, "auditor")) {
                var appliance = ApplianceProcess.start(home);
                assertThatNothingWasLost(auditor, acknowledged);
                remember(checkpoint(auditor), checkpoints);
                signUntilKilled(appliance, node, round, acknowledged, random.nextInt(1, MOST_BLOCKS_BEFORE_A_KILL));
            }
        }
        try (var appliance = ApplianceProcess.start(home);
                var auditor = Caller.of(home, "auditor")) {
            assertThatNothingWasLost(auditor, acknowledged);
            assertThat(acknowledged).hasSizeGreaterThan(rounds);
            assertThat(appliance.output()).doesNotContain("ERROR");
            home.write("blocks.ndjson", export(auditor));
            home.write("jwks.json", auditor.get("/.well-known/jwks.json").body());
            home.fetchLog("log", commands);
        }
        String[] verify = {"chain", "verify", "--keys", "@/jwks.json", "--chain", "lab-a", "@/blocks.ndjson"};
        commands.apply(verify).succeeded();
        verifyLog(commands, acknowledged.size());
        assertThatTheLogExtends(home, checkpoints);
    }

    private static Checkpoint checkpoint(Caller auditor) {
        return Checkpoint.parse(note(auditor.get("/v1/audit/checkpoint").body()).text());
    }

    private static Note note(String text) {
        return Note.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One root for one size, in whatever round it was seen. */
    private static void remember(Checkpoint checkpoint, Map<Long, String> checkpoints) {
        String root = checkpoint.root().base64();
        assertThat(checkpoints.merge(checkpoint.size(), root, (seen, other) -> seen))
                .isEqualTo(root);
    }

    /** Every acknowledged block has its leaf, and every leaf of a signed block its block. */
    private static void verifyLog(Function<String[], Command> commands, int atLeast) {
        String[] verify = {
            "audit",
            "verify",
            "@/log",
            "--vkeys",
            "@/audit.vkeys",
            "--blocks",
            "@/blocks.ndjson",
            "--keys",
            "@/jwks.json",
            "--chain",
            "lab-a",
            "--json"
        };
        JsonNode report = Blocks.json(commands.apply(verify).succeeded().out());
        assertThat(report.get("valid").asBoolean()).isTrue();
        assertThat(report.get("blocks").asLong()).isGreaterThanOrEqualTo(atLeast);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertThatTheLogExtends(Home home, Map<Long, String> checkpoints) {
        long size = Checkpoint.parse(note(home.read("log/checkpoint")).text()).size();
        var tree = new TiledTree(size, tile -> bytes(home.folder().resolve("log/" + tile.path())));
        checkpoints.forEach((seen, root) -> assertThat(tree.root(0, seen).base64())
                .as("root at size %s", seen)
                .isEqualTo(root));
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
                for (long height = from; ; ) {
                    for (JsonNode block : round % 2 == 0 ? signBatch(node, height) : signOne(node, height)) {
                        answered.put(
                                block.get("height").asLong(),
                                block.get("signature").asText());
                        height++;
                        enough.countDown();
                    }
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

    private static Iterable<JsonNode> signOne(Caller node, long height) {
        var answer = node.post("/v1/chains/lab-a/blocks", Blocks.request("kill", height));
        assertThat(answer.statusCode()).as("height %s", height).isIn(200, 201);
        return List.of(Blocks.json(answer));
    }

    private static Iterable<JsonNode> signBatch(Caller node, long height) {
        String blocks = LongStream.range(height, height + BLOCKS_OF_A_BATCH)
                .mapToObj(next -> Blocks.request("kill", next).replace("{", "{\"chain\":\"lab-a\","))
                .collect(Collectors.joining(","));
        var answer = node.post("/v1/blocks/batch", "{\"mode\":\"merkle\",\"blocks\":[" + blocks + "]}");
        assertThat(answer.statusCode()).as("height %s", height).isEqualTo(200);
        JsonNode results = Blocks.json(answer).get("results");
        assertThat(results).allMatch(block -> block.has("signature"));
        return results;
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
