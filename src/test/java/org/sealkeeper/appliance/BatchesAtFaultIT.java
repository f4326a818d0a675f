package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.TokenFault;

/** Batches with one signature where the process is killed, the token fails, or is slow. */
class BatchesAtFaultIT {
    private static final String CHAIN = "/v1/chains/lab-a/blocks";
    private static final int BLOCKS = 4;

    @TempDir
    Path folder;

    /** The process is killed by the very call that signs the tree, before the token does it or once it has. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCrashAtTheSignatureLeavesClaimsThatTheNextStartSigns(boolean tokenHasSigned) {
        Home home = Home.provision(folder);
        FaultyModule module = home.faultyToken();
        TokenFault kill = TokenFault.kill("C_Sign").ofKey(home.ckaId("lab-a-blocks"));
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a");
                var _ = module.inject(tokenHasSigned ? kill.late() : kill)) {
            assertThatThrownBy(() -> batch(node, 0)).isInstanceOf(UncheckedIOException.class);
            assertThat(appliance.awaitExit()).isNotZero();
        }
        try (var _ = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            List<JsonNode> signed = results(batch(node, 0));
            for (JsonNode block : signed) {
                long height = block.get("height").asLong();
                assertThat(block.has("proof")).isFalse();
                assertThat(Blocks.json(node.get(CHAIN + "/" + height))).isEqualTo(block);
                var rival = Blocks.request(height, Blocks.hash("a", height - 1), Blocks.hash("rival", height));
                assertThat(node.post(CHAIN, rival).statusCode()).isEqualTo(409);
            }
            assertThat(results(batch(node, BLOCKS)))
                    .allMatch(block -> block.at("/proof/leafCount").asInt() == BLOCKS);
            verify(home, 2 * BLOCKS);
        }
    }

    /** A batch asks the token that has the least to do: the other one, now and then, while the first signs a checkpoint. */
    @Test
    void whereOneTokenFailsTheWholeBatchIsSignedByAnother() {
        Home home = Home.provision(folder);
        FaultyModule first = home.faultyToken();
        TokenFault fault = TokenFault.answer("C_Sign", CKR_DEVICE_ERROR).ofKey(home.ckaId("lab-a-blocks"));
        home.secondToken();
        try (var _ = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            JsonNode keyIds = Blocks.json(node.get("/v1/chains/lab-a")).get("keyIds");
            int blocks = 0;
            try (InjectedFault failing = first.inject(fault)) {
                while (failing.happened() == 0) {
                    List<JsonNode> signed = results(batch(node, blocks));
                    assertThat(signed).extracting(block -> block.get("keyId")).containsOnly(keyIds.get(1));
                    assertThat(signed)
                            .extracting(block -> block.get("signature"))
                            .containsOnly(signed.getFirst().get("signature"));
                    blocks += BLOCKS;
                }
            }
            verify(home, blocks);
            Await.until(() -> outcomes(home).containsAll(List.of("begun", "failed", "done")));
        }
    }

    @Test
    void singleRequestsOnBatchedChainsShareTheSignaturesOfASlowToken() throws Exception {
        int chains = 6;
        int heights = 5;
        Home home = Home.provision(folder);
        FaultyModule module = home.faultyToken();
        home.write(
                "chains.yaml",
                LongStream.range(0, chains)
                        .mapToObj(
                                "  - {name: lab-%d, signingKey: lab-a-blocks, hashLength: 32, sequence: contiguous, start: genesis, signatures: batched}\n"
                                        ::formatted)
                        .collect(
                                Collectors.joining("", "batches: {milliseconds: 0, statements: 1000}\nchains:\n", "")));
        home.write("policy.yaml", """
                roles: {nodes: [{certificate: "urn:sealkeeper:node:node-a"}]}
                grants: [{name: nodes, roles: [nodes], operations: [sign-block, read-chain], chains: ["lab-*"]}]
                denials: []
                separationExceptions: []
                ...
                """);
        Set<String> signatures = new HashSet<>();
        int mostLeaves = 0;
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a");
                ExecutorService callers = Executors.newFixedThreadPool(chains);
                var _ = module.inject(TokenFault.slow(Duration.ofMillis(50), 1))) {
            List<Future<List<JsonNode>>> answers = new ArrayList<>();
            for (int chain = 0; chain < chains; chain++) {
                String path = "/v1/chains/lab-" + chain + "/blocks";
                answers.add(callers.submit(() -> LongStream.range(0, heights)
                        .mapToObj(height -> node.post(path, Blocks.request("a", height)))
                        .map(Blocks::json)
                        .toList()));
            }
            for (Future<List<JsonNode>> answer : answers) {
                for (JsonNode block : answer.get()) {
                    signatures.add(block.get("signature").asText());
                    mostLeaves =
                            Math.max(mostLeaves, block.at("/proof/leafCount").asInt());
                }
            }
            home.write("jwks.json", node.get("/.well-known/jwks.json").body());
            home.write(
                    "lab-1.ndjson",
                    node.get("/v1/chains/lab-1/blocks", "application/x-ndjson").body());
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
        assertThat(mostLeaves).isGreaterThan(1);
        assertThat(signatures).hasSizeLessThan(chains * heights);
        home.here("chain", "verify", "--keys", "@/jwks.json", "@/lab-1.ndjson").succeeded();
    }

    private static String batch(Caller node, long from) {
        String blocks = LongStream.range(from, from + BLOCKS)
                .mapToObj(height -> Blocks.request("a", height).replace("{", "{\"chain\":\"lab-a\","))
                .collect(Collectors.joining(","));
        return node.post("/v1/blocks/batch", "{\"mode\":\"merkle\",\"blocks\":[" + blocks + "]}")
                .body();
    }

    private static List<JsonNode> results(String answer) {
        List<JsonNode> results = new ArrayList<>();
        Blocks.json(answer).get("results").forEach(results::add);
        assertThat(results).allMatch(block -> block.has("signature"));
        return results;
    }

    /** Offline: every signature, every link, and the leaf of every block. */
    private static void verify(Home home, int blocks) {
        try (var auditor = Caller.of(home, "auditor")) {
            home.write("jwks.json", auditor.get("/.well-known/jwks.json").body());
            home.write(
                    "lab-a.ndjson", auditor.get(CHAIN, "application/x-ndjson").body());
        }
        home.fetchLog("log");
        assertThat(home.here("chain", "verify", "--keys", "@/jwks.json", "@/lab-a.ndjson")
                        .succeeded()
                        .out())
                .contains("chain lab-a: " + blocks + " blocks");
        home.here(
                        "audit",
                        "verify",
                        "@/log",
                        "--vkeys",
                        "@/audit.vkeys",
                        "--blocks",
                        "@/lab-a.ndjson",
                        "--keys",
                        "@/jwks.json")
                .succeeded();
    }

    /** As far as the newest checkpoint covers them. */
    private static List<String> outcomes(Home home) {
        home.fetchLog("log");
        return home.here("audit", "search", "--json", "--operation", "sign-block", "@/log")
                .succeeded()
                .out()
                .lines()
                .map(entry -> Blocks.json(entry).at("/leaf/outcome").asText())
                .toList();
    }
}
