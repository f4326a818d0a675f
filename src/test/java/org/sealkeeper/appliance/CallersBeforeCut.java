package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.sealkeeper.appliance.StoreAfterCut.Acknowledged;
import org.sealkeeper.appliance.StoreAfterCut.Seen;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.PowerCut;

/** Several nodes that sign, one of them in batches, and an auditor that watches, until the appliance is killed: what each was told, and when. */
final class CallersBeforeCut {
    private static final List<String> CHAINS = List.of("cut-0", "cut-1", "cut-2", "cut-3");
    private static final int BLOCKS_OF_A_BATCH = 7;

    private final Home home;
    private final PowerCut cut;
    private final Queue<Told<Acknowledged>> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Told<Seen>> seen = new ConcurrentLinkedQueue<>();

    private record Told<T>(long moment, T what) {}

    CallersBeforeCut(Home home, PowerCut cut) {
        this.home = home;
        this.cut = cut;
    }

    /** What they need in the configuration of an appliance that has not started yet. */
    static void declareChains(Home home) {
        home.write(
                "chains.yaml",
                CHAINS.stream()
                        .map(
                                "  - {name: %s, signingKey: lab-a-blocks, hashLength: 32, sequence: contiguous, start: genesis}\n"
                                        ::formatted)
                        .collect(Collectors.joining("", "chains:\n", "")));
        home.write("policy.yaml", """
                roles:
                  nodes: [{certificate: "urn:sealkeeper:node:node-a"}]
                  auditors: [{certificate: "urn:sealkeeper:auditor:auditor"}]
                grants:
                  - {name: nodes, roles: [nodes], operations: [sign-block, read-chain], chains: ["cut-*"]}
                  - {name: auditors, roles: [auditors], operations: [read-audit-log]}
                denials: []
                separationExceptions: []
                ...
                """);
    }

    /** Kills the appliance once so many blocks are signed. */
    void signUntilKilled(ApplianceProcess appliance, int blocks) throws InterruptedException {
        var enough = new CountDownLatch(blocks);
        List<Thread> callers = new ArrayList<>();
        for (String chain : CHAINS) {
            callers.add(Thread.ofPlatform().start(() -> sign(chain, enough)));
        }
        callers.add(Thread.ofPlatform().start(this::watch));
        enough.await();
        appliance.kill();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private void sign(String chain, CountDownLatch enough) {
        try (var node = Caller.of(home, "node-a")) {
            boolean inBatches = chain.equals(CHAINS.getLast());
            for (long height = 0; ; ) {
                for (JsonNode block : inBatches ? signBatch(node, chain, height) : signOne(node, chain, height)) {
                    String signature = block.get("signature").asText();
                    acknowledged.add(new Told<>(cut.now(), new Acknowledged(chain, height, signature)));
                    height++;
                    enough.countDown();
                }
            }
        } catch (UncheckedIOException killed) {
            // That is its end.
        }
    }

    private void watch() {
        try (var auditor = Caller.of(home, "auditor")) {
            while (true) {
                byte[] note = auditor.get("/v1/audit/checkpoint").body().getBytes(StandardCharsets.UTF_8);
                Checkpoint checkpoint = Checkpoint.parse(Note.parse(note).text());
                var size = new Seen(checkpoint.size(), checkpoint.root().base64());
                seen.add(new Told<>(cut.now(), size));
            }
        } catch (UncheckedIOException killed) {
            // That is its end.
        }
    }

    private static Iterable<JsonNode> signOne(Caller node, String chain, long height) {
        var answer = node.post("/v1/chains/" + chain + "/blocks", Blocks.request(chain, height));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return List.of(Blocks.json(answer));
    }

    private static Iterable<JsonNode> signBatch(Caller node, String chain, long height) {
        String blocks = LongStream.range(height, height + BLOCKS_OF_A_BATCH)
                .mapToObj(next -> Blocks.request(chain, next).replace("{", "{\"chain\":\"" + chain + "\","))
                .collect(Collectors.joining(","));
        return Blocks.json(node.post("/v1/blocks/batch", "{\"mode\":\"merkle\",\"blocks\":[" + blocks + "]}"))
                .get("results");
    }

    /** What they were told before that moment is in the store. */
    void assertThatNothingIsLost(Store store, long moment) {
        new StoreAfterCut(store).assertThatItIsWhole(before(moment, acknowledged), before(moment, seen));
    }

    private static <T> List<T> before(long moment, Queue<Told<T>> told) {
        return told.stream()
                .filter(one -> one.moment() <= moment)
                .map(Told::what)
                .toList();
    }

    /** The appliance starts on what is left: the token remembers what was signed, and the store has no less. */
    void assertThatItGoesOn() {
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            for (Told<Acknowledged> told : acknowledged) {
                Acknowledged block = told.what();
                String path = "/v1/chains/" + block.chain() + "/blocks/" + block.height();
                assertThat(Blocks.json(node.get(path).body()).get("signature").asText())
                        .isEqualTo(block.signature());
            }
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
    }
}
