package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;

/** Batches with one signature, as nodes and auditors meet them at a running appliance. */
class BatchesIT {
    @TempDir
    static Path folder;

    private static Home home;
    private static ApplianceProcess appliance;
    private static Caller node;
    private static Caller auditor;
    /** Of the next block of lab-a. */
    private static long next;

    @BeforeAll
    static void start() {
        home = Home.provision(folder);
        appliance = ApplianceProcess.start(home);
        node = Caller.of(home, "node-a");
        auditor = Caller.of(home, "auditor");
    }

    @AfterAll
    static void stop() {
        node.close();
        auditor.close();
        appliance.close();
        assertThat(appliance.output()).doesNotContain("ERROR");
    }

    @Test
    void aBatchHasOneSignatureOfEachKeyAndEachBlockItsProof() throws Exception {
        List<String> blocks = new ArrayList<>(blocks(3));
        blocks.add(block("edwards", 0));
        List<JsonNode> signed = batch(blocks);

        assertThat(signed.getFirst().fieldNames())
                .toIterable()
                .containsExactly(
                        "chain",
                        "height",
                        "previousHash",
                        "blockHash",
                        "signedAt",
                        "keyId",
                        "algorithm",
                        "signature",
                        "statement",
                        "proof",
                        "auditIndex");
        assertThat(signed.subList(0, 3))
                .extracting(block -> block.get("signature"))
                .containsOnly(signed.getFirst().get("signature"));
        assertThat(signed.get(3).get("signature"))
                .isNotEqualTo(signed.getFirst().get("signature"));
        assertThat(signed.get(3).at("/proof/leafCount").asInt()).isOne();
        for (int leaf = 0; leaf < 3; leaf++) {
            assertThat(signed.get(leaf).at("/proof/leafIndex").asInt()).isEqualTo(leaf);
            JsonNode said = Blocks.json(signed.get(leaf).get("statement").asText());
            for (String field : List.of("chain", "height", "previousHash", "blockHash", "signedAt")) {
                assertThat(said.get(field)).as(field).isEqualTo(signed.get(leaf).get(field));
            }
        }
        assertThatTheTreeIsSigned(signed.subList(0, 3));
    }

    /** By the words of RFC 6962 and with another library than ours. */
    private static void assertThatTheTreeIsSigned(List<JsonNode> three) throws Exception {
        List<byte[]> leaves = new ArrayList<>();
        for (JsonNode block : three) {
            leaves.add(sha256(new byte[] {0}, block.get("statement").asText().getBytes(UTF_8)));
        }
        byte[] root = sha256(new byte[] {1}, sha256(new byte[] {1}, leaves.get(0), leaves.get(1)), leaves.get(2));
        var jws = JWSObject.parse(three.getFirst().get("signature").asText());
        var keys = JWKSet.parse(node.get("/.well-known/jwks.json").body());
        assertThat(jws.getHeader().getType().getType()).isEqualTo("block-batch+jws");
        assertThat(jws.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(jws.getHeader().getKeyID()).toECKey())))
                .isTrue();
        JsonNode payload = Blocks.json(jws.getPayload().toString());
        assertThat(payload.get("root").asText()).isEqualTo(HexFormat.of().formatHex(root));
        assertThat(payload.get("leafCount").asInt()).isEqualTo(3);
        assertThat(three.getFirst().at("/proof/hashes"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        HexFormat.of().formatHex(leaves.get(1)), HexFormat.of().formatHex(leaves.get(2)));
    }

    @Test
    void aReplayIsTheSameToTheByteWhereverItIsAsked() {
        List<String> blocks = blocks(2);
        String first = post(blocks, "merkle");
        String results = first.substring("{\"results\":[".length(), first.length() - "]}".length());

        assertThat(post(blocks, "merkle")).isEqualTo(first);
        assertThat(post(blocks, "individual")).isEqualTo(first);
        for (JsonNode block : Blocks.json(first).get("results")) {
            String path = "/v1/chains/lab-a/blocks";
            long height = block.get("height").asLong();
            var again = node.post(path, Blocks.request("a", height));
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(results).contains(again.body());
            assertThat(auditor.get(path + "/" + height).body()).isEqualTo(again.body());
            assertThat(auditor.get(path + "?limit=1&from=" + height).body()).contains(again.body());
            assertThat(auditor.get(path + "?limit=1&from=" + height, "application/x-ndjson")
                            .body())
                    .isEqualTo(again.body() + "\n");
        }
    }

    @Test
    void aBatchOfAThousandBlocksIsSignedAndNoLargerOne() {
        List<JsonNode> signed = batch(blocks(1_000));
        assertThat(signed)
                .hasSize(1_000)
                .allMatch(block -> block.at("/proof/leafCount").asInt() == 1_000);

        assertInvalid("blocks", "{\"mode\":\"merkle\",\"blocks\":[]}");
        List<String> tooMany =
                IntStream.range(0, 1_001).mapToObj(i -> block("lab-a", 0)).toList();
        assertInvalid("blocks", "{\"mode\":\"merkle\",\"blocks\":[" + String.join(",", tooMany) + "]}");
        assertInvalid("mode", "{\"mode\":\"Merkle\",\"blocks\":[" + block("lab-a", 0) + "]}");
        assertInvalid("mode", "{\"mode\":\"tree\",\"blocks\":[" + block("lab-a", 0) + "]}");
        assertInvalid("mode", "{\"mode\":1,\"blocks\":[" + block("lab-a", 0) + "]}");
    }

    @Test
    void whatIsRefusedLeavesTheOthersInTheBatch() {
        List<String> blocks = new ArrayList<>(blocks(2));
        blocks.add(1, block("lab-b", 0));
        blocks.add(block("lab-a", 9_000_000));
        JsonNode results = Blocks.json(post(blocks, "merkle")).get("results");
        assertThat(results.get(1).at("/problem/type").asText()).isEqualTo("urn:sealkeeper:problem:forbidden");
        assertThat(results.get(3).at("/problem/type").asText()).isEqualTo("urn:sealkeeper:problem:height-gap");
        assertThat(results.get(0).at("/proof/leafCount").asInt()).isEqualTo(2);
        assertThat(results.get(2).get("signature")).isEqualTo(results.get(0).get("signature"));
    }

    @Test
    void theVerifyDoorWantsStatementAndProof() {
        JsonNode block = batch(blocks(3)).get(1);
        String signature = "\"signature\":" + block.get("signature");
        String statement = ",\"statement\":" + block.get("statement");
        String proof = ",\"proof\":" + block.get("proof");

        JsonNode good = verify("{" + signature + statement + proof + "}");
        assertThat(good.get("valid").asBoolean()).isTrue();
        assertThat(good.at("/statement/height")).isEqualTo(block.get("height"));
        assertThat(verify("{" + signature + "}").get("valid").asBoolean()).isFalse();
        assertThat(verify("{" + signature + statement + proof.replace("\"leafIndex\":1", "\"leafIndex\":2") + "}")
                        .get("valid")
                        .asBoolean())
                .isFalse();
        for (String body : List.of(
                "{" + signature + statement + "}",
                "{" + signature + proof + "}",
                "{" + signature + statement + proof.replace("\"leafCount\":3", "\"leafCount\":0") + "}",
                "{" + signature + statement + proof.replace("\"leafCount\":3", "\"leafCount\":3.0") + "}",
                "{" + signature + statement + proof.replace("}", ",\"x\":1}") + "}")) {
            assertThat(node.post("/v1/blocks/verify", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void theCommandLineVerifiesAChainWithBothKindsOfSignatures() {
        var _ = batch(blocks(5));
        assertThat(node.post("/v1/chains/lab-a/blocks", Blocks.request("a", next++))
                        .statusCode())
                .isEqualTo(201);
        var _ = batch(blocks(2));
        home.write("jwks.json", auditor.get("/.well-known/jwks.json").body());
        home.write(
                "lab-a.ndjson",
                auditor.get("/v1/chains/lab-a/blocks?from=0", "application/x-ndjson")
                        .body());
        home.fetchLog("log");

        assertThat(home.here("chain", "verify", "--keys", "@/jwks.json", "@/lab-a.ndjson")
                        .succeeded()
                        .out())
                .contains("chain lab-a: " + next + " blocks", "valid");
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
                        .out())
                .contains("valid");
    }

    @Test
    void opensslAloneVerifiesAChainWithBothKindsOfSignatures() {
        try (Caller other = Caller.of(home, "node-b")) {
            for (List<String> batch : List.of(
                    List.of(block("lab-b", 0), block("lab-b", 1), block("lab-b", 2)),
                    List.of(block("lab-b", 4), block("lab-b", 5)))) {
                var answer = other.post(
                        "/v1/blocks/batch", "{\"mode\":\"merkle\",\"blocks\":[" + String.join(",", batch) + "]}");
                assertThat(answer.body()).doesNotContain("problem");
                var single = Blocks.request("a", batch.size() == 3 ? 3 : 6);
                assertThat(other.post("/v1/chains/lab-b/blocks", single).statusCode())
                        .isEqualTo(201);
            }
        }
        String lines =
                auditor.get("/v1/chains/lab-b/blocks", "application/x-ndjson").body();
        JsonNode last = Blocks.json(lines.lines().toList().getLast());
        home.write("lab-b.ndjson", lines);
        home.write(
                "lab-b.pem",
                auditor.get("/v1/keys/" + last.get("keyId").asText(), "application/x-pem-file")
                        .body());
        String script =
                Path.of("deployment/verify-with-openssl").toAbsolutePath().toString();

        assertThat(Command.run(folder, List.of(script, "lab-b.pem", "lab-b.ndjson"))
                        .succeeded()
                        .out())
                .contains("chain lab-b: 7 blocks, heights 0..6", "valid");
        home.write("forged.ndjson", lines.replaceFirst("\"leafIndex\":1", "\"leafIndex\":0"));
        assertThat(Command.run(folder, List.of(script, "lab-b.pem", "forged.ndjson"))
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void theOpenApiDocumentShowsTheModeAndAnExample() {
        JsonNode openapi = Blocks.json(node.get("/openapi?format=json"));
        assertThat(openapi.at("/components/schemas/Mode/enum"))
                .extracting(JsonNode::asText)
                .containsExactly("individual", "merkle");
        JsonNode operation = openapi.at("/paths/~1v1~1blocks~1batch/post");
        assertThat(operation
                        .at("/requestBody/content/application~1json/examples/merkle/value/mode")
                        .asText())
                .isEqualTo("merkle");
        assertThat(operation
                        .at("/responses/200/content/application~1json/examples/merkle/value/results/0/proof/leafCount")
                        .asInt())
                .isEqualTo(3);
        assertThat(openapi.at("/components/schemas/BatchProof/required")).hasSize(3);
    }

    private static JsonNode verify(String body) {
        return Blocks.json(node.post("/v1/blocks/verify", body));
    }

    private static void assertInvalid(String field, String body) {
        var answer = node.post("/v1/blocks/batch", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Blocks.json(answer).get("field").asText()).isEqualTo(field);
    }

    private static List<JsonNode> batch(List<String> blocks) {
        List<JsonNode> signed = new ArrayList<>();
        Blocks.json(post(blocks, "merkle")).get("results").forEach(signed::add);
        assertThat(signed).allMatch(block -> block.has("signature"), "is signed");
        return signed;
    }

    private static String post(List<String> blocks, String mode) {
        var answer = node.post(
                "/v1/blocks/batch", "{\"blocks\":[" + String.join(",", blocks) + "],\"mode\":\"" + mode + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The next ones of lab-a. */
    private static List<String> blocks(int count) {
        next += count;
        return LongStream.range(next - count, next)
                .mapToObj(height -> block("lab-a", height))
                .toList();
    }

    private static String block(String chain, long height) {
        return Blocks.request("a", height).replace("{", "{\"chain\":\"" + chain + "\",");
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        var input = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            input.writeBytes(part);
        }
        return MessageDigest.getInstance("SHA-256").digest(input.toByteArray());
    }
}
