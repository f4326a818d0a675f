package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Verdict;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;

/** Two policies take each other's place again and again, at SIGHUP, under the requests of four threads. */
class ReloadUnderLoadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RELOADS = 20;

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();
    /** Whether the request of an id was allowed, by its answer. */
    private final Map<String, Boolean> answers = new ConcurrentHashMap<>();

    /** The signers and the readers change together. */
    private static String policy(String name, String signer, String reader) {
        return """
                roles:
                  signer: [{certificate: "urn:sealkeeper:node:%2$s"}]
                  reader: [{certificate: "urn:sealkeeper:node:%3$s"}]
                  auditors: [{certificate: "urn:sealkeeper:auditor:auditor"}]
                grants:
                  - {name: %1$s-signs, roles: [signer], operations: [sign-block], chains: [lab-a]}
                  - {name: %1$s-reads, roles: [reader], operations: [read-chain], chains: [lab-a]}
                  - {name: auditors-audit, roles: [auditors], operations: [read-audit-log]}
                denials: []
                separationExceptions: []
                ...
                """.formatted(name, signer, reader);
    }

    @Test
    void everyDecisionUnderReloadsIsOfOnePolicyAsAWhole() throws Exception {
        Home home = Home.provision(folder);
        Policy odd = put(home, policy("odd", "node-b", "node-a"));
        Policy even = put(home, policy("even", "node-a", "node-b"));
        try (var appliance = ApplianceProcess.start(home);
                var nodeA = Caller.of(home, "node-a");
                var nodeB = Caller.of(home, "node-b");
                var auditor = Caller.of(home, "auditor");
                ExecutorService threads =
                        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            assertThat(sign(nodeA)).isTrue();
            List<Future<?>> load = new ArrayList<>();
            for (Caller node : List.of(nodeA, nodeB)) {
                load.add(threads.submit(() -> repeat(() -> sign(node))));
                load.add(threads.submit(() -> repeat(() -> read(node))));
            }
            try {
                for (int reload = 1; reload <= RELOADS; reload++) {
                    boolean isOdd = reload % 2 == 1;
                    Policy next = put(home, isOdd ? odd.text() : even.text());
                    awaitInForce(appliance, next);
                    assertThat(read(nodeA)).isEqualTo(isOdd);
                    assertThat(read(nodeB)).isEqualTo(!isOdd);
                }
            } finally {
                enough.set(true);
            }
            for (Future<?> thread : load) {
                thread.get();
            }
            expectWhole(leaves(auditor), Map.of(odd.digest(), odd, even.digest(), even));
        }
    }

    /** As operators should: the file is replaced as a whole, never half written. */
    private static Policy put(Home home, String text) throws IOException {
        home.write("policy-new.yaml", text);
        Path file = home.folder().resolve("policy.yaml");
        Files.move(home.folder().resolve("policy-new.yaml"), file, StandardCopyOption.ATOMIC_MOVE);
        return Policy.load(file, KnownNames.ANY);
    }

    private static void hangUp(ApplianceProcess appliance) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-HUP", String.valueOf(appliance.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Each hang-up is a look; the second finds that the file stands still. */
    private static void awaitInForce(ApplianceProcess appliance, Policy policy)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!appliance.health("live").contains(policy.digest())) {
            hangUp(appliance);
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
        }
    }

    private void repeat(Runnable request) {
        while (!enough.get()) {
            request.run();
        }
    }

    /** Always the same block: an allowed request is a replay. */
    private boolean sign(Caller node) {
        return ask(
                node,
                node.request("/v1/chains/lab-a/blocks")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Blocks.request("reload", 0))));
    }

    private boolean read(Caller node) {
        return ask(node, node.request("/v1/chains/lab-a"));
    }

    private boolean ask(Caller node, HttpRequest.Builder request) {
        String id = "reload-" + asked.incrementAndGet();
        int status = node.send(request.header("X-Request-Id", id)).statusCode();
        assertThat(status).isIn(200, 201, 403);
        answers.put(id, status != 403);
        return status != 403;
    }

    private List<JsonNode> leaves(Caller auditor) {
        return FetchedLog.having(auditor, PATIENCE, leaves -> answered(leaves) == answers.size()).leaves().stream()
                .filter(this::isOfLoad)
                .toList();
    }

    /** How many requests there are leaves of, each by its id or among those that are counted. */
    private long answered(List<JsonNode> leaves) {
        var ids = new HashSet<String>();
        leaves.stream().filter(leaf -> answers.containsKey(id(leaf))).forEach(leaf -> ids.add(id(leaf)));
        return ids.size()
                + leaves.stream()
                        .filter(ReloadUnderLoadIT::isCounted)
                        .mapToLong(leaf -> leaf.get("count").asLong())
                        .sum();
    }

    private boolean isOfLoad(JsonNode leaf) {
        return answers.containsKey(id(leaf)) || isCounted(leaf);
    }

    private static boolean isCounted(JsonNode leaf) {
        return leaf.has("count") && leaf.path("reason").asText().equals("forbidden");
    }

    private static String id(JsonNode leaf) {
        return leaf.path("requestId").asText();
    }

    /** Each leaf says what the policy of its digest says, and what was answered; and both policies decided everything. */
    private void expectWhole(List<JsonNode> leaves, Map<String, Policy> policies) {
        var seen = new HashSet<List<String>>();
        for (JsonNode leaf : leaves) {
            String digest = leaf.get("policy").asText();
            assertThat(policies).containsKey(digest);
            Verdict recorded = new Verdict(
                    leaf.get("decision").asText().equals("allowed"),
                    leaf.get("rule").asText());
            assertThat(recorded)
                    .as(leaf.toString())
                    .isEqualTo(policies.get(digest).decide(request(leaf)));
            assertThat(answers.getOrDefault(id(leaf), false))
                    .as(leaf.toString())
                    .isEqualTo(recorded.isAllowed());
            seen.add(List.of(
                    digest, leaf.get("caller").asText(), leaf.get("operation").asText()));
        }
        assertThat(seen).hasSize(8);
    }

    private static PolicyRequest request(JsonNode leaf) {
        return new PolicyRequest(
                org.sealkeeper.identity.Caller.of(
                        new CallerId(leaf.get("caller").asText())),
                PolicyOperation.named(leaf.get("operation").asText()),
                Optional.of(new ChainName(leaf.get("chain").asText())),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Instant.parse(leaf.get("time").asText()));
    }
}
