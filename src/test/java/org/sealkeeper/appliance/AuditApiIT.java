package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.TlogProof;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;

/** The audit log of a running appliance, as those it records and those who read it meet it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditApiIT {
    private static final int FLOOD = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Counted events become leaves after ten seconds. */
    private static final Duration COUNT_PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Home home;
    private static ApplianceProcess appliance;
    private static Caller nodeA;
    private static Caller nodeB;
    private static Caller auditor;
    private static Caller stranger;

    @BeforeAll
    static void start() {
        home = Home.provision(folder);
        appliance = ApplianceProcess.start(home);
        nodeA = Caller.of(home, "node-a");
        nodeB = Caller.of(home, "node-b");
        auditor = Caller.of(home, "auditor");
        stranger = Caller.anonymous(home);
        flood();
        fillATile();
    }

    /** What is only counted; its leaves come while the other tests run. */
    private static void flood() {
        for (int i = 0; i < FLOOD; i++) {
            String path = List.of("entries", "entries/0/proof", "tile/0/000", "tile/entries/000", "cosignatures")
                    .get(i % 5);
            assertProblem(stranger.get("/v1/audit/" + path), 401, "unauthenticated");
        }
        for (int i = 0; i < 3; i++) {
            assertProblem(nodeA.post("/v1/chains/lab-a/blocks", "{"), 400, "invalid-request");
        }
        assertProblem(nodeB.get("/v1/nowhere"), 404, "not-found");
    }

    /** 150 blocks leave 300 leaves. */
    private static void fillATile() {
        String blocks = IntStream.range(0, 150)
                .mapToObj(height -> Blocks.request("b", height).replace("{", "{\"chain\":\"lab-b\","))
                .collect(Collectors.joining(","));
        assertThat(nodeB.post("/v1/blocks/batch", "{\"blocks\":[" + blocks + "]}")
                        .statusCode())
                .isEqualTo(200);
        awaitCovered(300);
    }

    @AfterAll
    static void stop() {
        Stream.of(nodeA, nodeB, auditor, stranger).forEach(Caller::close);
        appliance.close();
        assertThat(appliance.output()).doesNotContain("ERROR");
    }

    @Test
    void everyRequestLeavesItsLeavesInTheOrderOfWhatWasDone() {
        String block = Blocks.request("a", 0);
        post(nodeA, "sign", "/v1/chains/lab-a/blocks", block, 201);
        post(nodeA, "replay", "/v1/chains/lab-a/blocks", block, 200);
        String other = Blocks.request(0, Blocks.GENESIS_LINK, Blocks.hash("other"));
        post(nodeA, "conflict", "/v1/chains/lab-a/blocks", other, 409);
        post(nodeB, "forbidden", "/v1/chains/lab-a/blocks", Blocks.request("a", 1), 403);
        post(nodeA, "unknown", "/v1/chains/lab-z/blocks", block, 404);
        post(nodeA, "length", "/v1/chains/lab-a/blocks", Blocks.request(1, "a".repeat(96), "b".repeat(96)), 400);
        String first = Blocks.request("a", 1).replace("{", "{\"chain\":\"lab-a\",");
        String second = Blocks.request("b", 150).replace("{", "{\"chain\":\"lab-b\",");
        post(nodeA, "batch", "/v1/blocks/batch", "{\"blocks\":[" + first + "," + second + "]}", 200);
        get(auditor, "chain", "/v1/chains/lab-a", 200);
        get(nodeB, "no-reader", "/v1/chains/lab-a", 403);
        get(auditor, "no-chain", "/v1/chains/lab-z", 404);
        get(auditor, "list", "/v1/chains", 200);
        get(nodeA, "keys", "/v1/keys", 200);
        get(nodeA, "no-auditor", "/v1/audit/entries", 403);
        get(auditor, "bad-limit", "/v1/audit/entries?limit=0", 400);
        post(nodeA, "verify", "/v1/blocks/verify", "{\"signature\":\"x\"}", 200);

        FetchedLog log = FetchedLog.having(
                        auditor, PATIENCE, leaves -> leaves.stream().anyMatch(leaf -> isOf("verify", leaf)))
                .verified();

        // The blocks of a batch are judged side by side: this one's leaf may stand before or after its neighbour's end.
        String neighbour = "batch sign-block refused forbidden denied by default-deny: node-a lab-b/150";
        List<String> summaries = log.leaves().stream()
                .filter(AuditApiIT::isOfThisTest)
                .map(AuditApiIT::summary)
                .toList();
        assertThat(summaries).containsOnlyOnce(neighbour);
        assertThat(summaries.stream().filter(summary -> !summary.equals(neighbour)))
                .containsExactly(
                        "sign sign-block begun allowed by grants/node-a: node-a lab-a/0",
                        "sign sign-block done allowed by grants/node-a: node-a lab-a/0",
                        "replay sign-block replayed allowed by grants/node-a: node-a lab-a/0",
                        "conflict sign-block refused conflicting-block allowed by grants/node-a: node-a lab-a/0",
                        "forbidden sign-block refused forbidden denied by default-deny: node-b lab-a/1",
                        "unknown sign-block refused unknown-chain denied by chains: node-a",
                        "length sign-block refused invalid-request allowed by grants/node-a: node-a lab-a/1",
                        "batch sign-block begun allowed by grants/node-a: node-a lab-a/1",
                        "batch sign-block done allowed by grants/node-a: node-a lab-a/1",
                        "chain read-chain done allowed by grants/auditors-read: auditor lab-a",
                        "no-reader read-chain refused forbidden denied by default-deny: node-b lab-a",
                        "no-chain read-chain refused unknown-chain allowed by front-door: auditor",
                        "list read-chain done allowed by front-door: auditor",
                        "keys read-keys done allowed by grants/directory: node-a",
                        "no-auditor read-audit-log refused forbidden denied by default-deny: node-a",
                        "bad-limit read-audit-log refused invalid-request allowed by front-door: auditor",
                        "verify verify-signature done allowed by grants/directory: node-a");
        assertThat(log.leaves().stream()
                        .map(leaf -> leaf.get("operation").asText())
                        .dropWhile(operation -> operation.equals("create-key"))
                        .limit(2))
                .containsExactly("load-policy", "start-appliance");
        assertBeginningsHaveTheirEnd(log.leaves());
    }

    /** Each signature's leaf names the one that announced it, and both say the same of the block and the key. */
    private static void assertBeginningsHaveTheirEnd(List<JsonNode> leaves) {
        List<JsonNode> ends = leaves.stream().filter(leaf -> leaf.has("begun")).toList();
        assertThat(ends).hasSizeGreaterThan(150);
        for (JsonNode end : ends) {
            JsonNode begun = leaves.get(end.get("begun").asInt());
            assertThat(begun.get("outcome").asText()).isEqualTo("begun");
            for (String field : List.of("chain", "height", "previousHash", "blockHash", "key", "keyVersion", "keyId")) {
                assertThat(end.get(field)).as(field).isNotNull().isEqualTo(begun.get(field));
            }
        }
    }

    @Test
    void whatBelongsToNoCallerIsCountedAndNotListed() {
        FetchedLog log = FetchedLog.having(
                auditor,
                COUNT_PATIENCE,
                leaves -> count(leaves, "none", "unauthenticated") >= FLOOD
                        && count(leaves, "client-certificate", "not-found") > 0);

        assertThat(count(log.leaves(), "none", "unauthenticated")).isEqualTo(FLOOD);
        assertThat(leavesOf(log, "unauthenticated")).hasSizeBetween(1, 3).allSatisfy(leaf -> {
            assertThat(leaf.has("caller")).isFalse();
            assertThat(leaf.has("requestId")).isFalse();
            assertThat(leaf.get("decision").asText()).isEqualTo("denied");
            assertThat(leaf.get("operation").asText()).isEqualTo("other-request");
            assertThat(leaf.get("since").asText()).isLessThan(leaf.get("time").asText());
        });
        assertThat(count(log.leaves(), "client-certificate", "invalid-request")).isEqualTo(3);
        assertThat(leavesOf(log, "not-found"))
                .singleElement()
                .satisfies(leaf -> assertThat(leaf.get("caller").asText()).isEqualTo("urn:sealkeeper:node:node-b"));
    }

    private static List<JsonNode> leavesOf(FetchedLog log, String reason) {
        return log.leaves().stream()
                .filter(leaf ->
                        leaf.has("count") && leaf.path("reason").asText().equals(reason))
                .toList();
    }

    private static long count(List<JsonNode> leaves, String authentication, String reason) {
        return leaves.stream()
                .filter(leaf -> leaf.get("authentication").asText().equals(authentication)
                        && leaf.path("reason").asText().equals(reason))
                .mapToLong(leaf -> leaf.path("count").asLong())
                .sum();
    }

    @Test
    void theTwoWaysToReadTheLogAgree() {
        List<JsonNode> paged = new ArrayList<>();
        long from = 0;
        JsonNode page;
        do {
            page = entries("?from=" + from + "&limit=97");
            paged.addAll(page.get("entries").valueStream().toList());
            from = page.path("next").asLong();
        } while (page.has("next"));

        assertThat(paged)
                .hasSize(page.get("size").asInt())
                .extracting(entry -> entry.get("index").asInt())
                .containsExactlyElementsOf(
                        IntStream.range(0, paged.size()).boxed().toList());
        FetchedLog log = FetchedLog.by(auditor).verified();
        for (int index = 0; index < paged.size(); index++) {
            assertThat(paged.get(index).get("leaf"))
                    .hasToString(new String(log.entries().get(index), UTF_8));
        }
    }

    @Test
    void aSignedBlockNamesItsLeaf() {
        var answer = nodeA.post("/v1/chains/pss/blocks", Blocks.request("pss", 0));
        int index = Blocks.json(answer).get("auditIndex").asInt();
        awaitCovered(index);

        JsonNode leaf = entries("?from=" + index + "&limit=1").at("/entries/0/leaf");

        assertThat(leaf.get("outcome").asText()).isEqualTo("done");
        assertThat(leaf.get("chain").asText()).isEqualTo("pss");
        assertThat(leaf.get("requestId").asText()).isEqualTo(requestId(answer));
        assertThat(leaf.get("blockHash").asText()).isEqualTo(Blocks.hash("pss", 0));
        assertThat(nodeA.post("/v1/chains/pss/blocks", Blocks.request("pss", 0)).body())
                .isEqualTo(answer.body());
        assertThat(Blocks.json(answer).has("auditProof")).isFalse();
        assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
    }

    @Test
    void aCallerThatWaitsIsGivenTheProof() {
        String request = Blocks.request(121, "9".repeat(96), "c".repeat(96));
        var answer = prefer("wait=5", "/v1/chains/proposals/blocks", request);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait");
        assertProven(Blocks.json(answer));

        var replay = prefer("respond-async, wait=5", "/v1/chains/proposals/blocks", request);
        assertThat(replay.statusCode()).isEqualTo(200);
        assertProven(Blocks.json(replay));
        assertThat(Blocks.json(replay).get("signature"))
                .isEqualTo(Blocks.json(answer).get("signature"));
    }

    @Test
    void aCallerThatWaitsForABatchIsGivenTheProofOfEachBlock() {
        String blocks = IntStream.range(0, 3)
                .mapToObj(height -> Blocks.request("e", height).replace("{", "{\"chain\":\"edwards\","))
                .collect(Collectors.joining(","));
        String foreign = Blocks.request("b", 150).replace("{", "{\"chain\":\"lab-b\",");

        var answer = prefer("wait=5", "/v1/blocks/batch", "{\"blocks\":[" + blocks + "," + foreign + "]}");

        JsonNode results = Blocks.json(answer).get("results");
        for (int i = 0; i < 3; i++) {
            assertProven(results.get(i));
        }
        assertThat(results.get(3).has("problem")).isTrue();
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait");
    }

    @Test
    void aNewLeafIsSoonInACheckpoint() {
        get(nodeA, "soon", "/v1/keys", 200);

        FetchedLog.having(auditor, PATIENCE, leaves -> leaves.stream().anyMatch(leaf -> isOf("soon", leaf)));
    }

    private static void assertProven(JsonNode block) {
        TlogProof proof = TlogProof.parse(block.get("auditProof").asText());
        FetchedLog log = FetchedLog.by(auditor);
        byte[] entry = log.entries().get(block.get("auditIndex").asInt());

        assertThat(proof.index()).isEqualTo(block.get("auditIndex").asLong());
        assertThat(proof.proves(entry)).isTrue();
        assertThat(log.keys()).allMatch(key -> proof.checkpoint().isSignedBy(key));
        assertThat(Blocks.json(new String(entry, UTF_8)).get("blockHash")).isEqualTo(block.get("blockHash"));
        assertThat(auditor.get("/v1/audit/entries/" + proof.index() + "/proof").body())
                .satisfies(
                        text -> assertThat(TlogProof.parse(text).proves(entry)).isTrue());
    }

    @Test
    void entriesAreFoundByCallerOperationAndChain() {
        FetchedLog log = FetchedLog.by(auditor);
        long begun = log.leaves().stream()
                .filter(leaf -> leaf.path("chain").asText().equals("lab-b")
                        && leaf.get("outcome").asText().equals("begun"))
                .count();

        String found = "?limit=1000&chain=lab-b&outcome=begun&operation=sign-block&caller=urn:sealkeeper:node:node-b";
        assertThat(entries(found).get("entries")).hasSize((int) begun).hasSizeGreaterThanOrEqualTo(150);
        assertThat(entries("?limit=1000&outcome=begun&caller=urn:sealkeeper:node:nobody")
                        .get("entries"))
                .isEmpty();
        JsonNode beyond = entries("?from=1000000");
        assertThat(beyond.get("entries")).isEmpty();
        assertThat(beyond.has("next")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=1001, limit",
        "limit=x, limit",
        "from=-1, from",
        "from=01, from",
        "from=99999999999999999999, from",
        "operation=sign-blok, operation",
        "outcome=maybe, outcome",
    })
    void entriesThatCannotBeMeantAreRefused(String query, String field) {
        var answer = auditor.get("/v1/audit/entries?" + query);

        assertProblem(answer, 400, "invalid-request");
        assertThat(Blocks.json(answer).get("field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "tile/0/x000/067, 400",
        "tile/0/000.p/256, 400",
        "tile/0/000.p/0, 400",
        "tile/0/000.p/01, 400",
        "tile/0/000.p, 400",
        "tile/0/0, 400",
        "tile/0/001/, 404",
        "tile/64/000, 400",
        "tile/-1/000, 400",
        "tile/00/000, 400",
        "tile/0/999, 404",
        "tile/63/000, 404",
        "tile/2/000.p/1, 404",
        "tile/1/000, 404",
        "tile/entries/x999/x999/x999/x999/x999/999, 404",
        "tile/entries/999, 404",
        "tile/entries/000.p/256, 400",
        "tile/0/..%2f..%2fentries, 400",
        "tile/0/%2e%2e/%2e%2e/entries/000, 404",
        "tile/0, 404",
    })
    void tilesThatAreNotThereAreRefused(String path, int status) {
        var answer = auditor.get("/v1/audit/" + path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void whatATilesPathNamesNeverChangesAndMayBeKeptForEver() {
        for (String path : List.of("tile/0/000", "tile/entries/000")) {
            var full = auditor.get("/v1/audit/" + path);
            assertThat(full.statusCode()).isEqualTo(200);
            assertThat(header(full, "Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
            assertThat(header(full, "Content-Type")).isEqualTo("application/octet-stream");
            var partial = auditor.get("/v1/audit/" + path.replace("000", "001.p/1"));
            assertThat(partial.statusCode()).isEqualTo(200);
            assertThat(header(partial, "Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
        }
        assertThat(auditor.bytes("/v1/audit/tile/0/000").body()).hasSize(8_192);
        assertThat(auditor.bytes("/v1/audit/tile/0/000.p/7").body()).hasSize(7 * 32);
    }

    /** "Entry bundles SHOULD be compressed at the HTTP layer" (C2SP tlog-tiles). */
    @Test
    void aBundleIsCompressedWhereThatIsAccepted() throws IOException {
        byte[] plain = auditor.bytes("/v1/audit/tile/entries/000").body();
        var request = auditor.request("/v1/audit/tile/entries/000").header("Accept-Encoding", "gzip, identity");
        HttpResponse<byte[]> answer = auditor.bytes(request);
        assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.body()).hasSizeLessThan(plain.length / 2);
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(gzip.readAllBytes()).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/0/000", "tile/entries/000", "entries", "entries/0/proof"})
    void onlyAuditorsReadWhatWasDone(String path) {
        assertProblem(nodeA.get("/v1/audit/" + path), 403, "forbidden");
        assertThat(auditor.get("/v1/audit/" + path).statusCode()).isEqualTo(200);
    }

    @Test
    void anyoneReadsWhatTheLogCommitsTo() {
        for (String path : List.of("vkey", "checkpoint")) {
            var answer = stranger.get("/v1/audit/" + path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        }
        assertThat(header(stranger.get("/v1/audit/checkpoint"), "Cache-Control"))
                .isEqualTo("no-cache");
        assertProblem(stranger.get("/v1/audit/cosigned"), 404, "not-found");
        assertProblem(auditor.get("/v1/audit/entries/1000000/proof"), 404, "not-found");
        assertProblem(auditor.get("/v1/audit/entries/-1/proof"), 400, "invalid-request");
    }

    @Test
    void onlyCosignaturesOfKnownWitnessesAreTaken() {
        assertProblem(cosign("garbage"), 400, "invalid-request");
        assertProblem(cosign("x".repeat(70_000)), 400, "invalid-request");
        assertProblem(cosign("x".repeat((1 << 20) + 1)), 413, "payload-too-large");
        String own = auditor.get("/v1/audit/checkpoint").body();
        assertProblem(cosign(own), 422, "cosignature-invalid");
        String stranger = own + "\u2014 witness.example/w AAAAAAAAAAAAAAAAAAAAAA==\n";
        assertThat(Note.parse(stranger.getBytes(UTF_8)).signatures()).hasSize(3);
        assertProblem(cosign(stranger), 422, "cosignature-invalid");
    }

    private static HttpResponse<String> cosign(String note) {
        return nodeA.send(nodeA.request("/v1/audit/cosignatures")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(note)));
    }

    @Test
    void opensslAloneVerifiesACheckpointAndALeaf() {
        FetchedLog log = FetchedLog.by(auditor);
        home.write("vkey", auditor.get("/v1/audit/vkey").body());
        home.write("checkpoint", log.note());
        home.write("257.tlog-proof", auditor.get("/v1/audit/entries/257/proof").body());
        home.write("257.json", new String(log.entries().get(257), UTF_8));
        home.write("258.json", new String(log.entries().get(258), UTF_8));
        String script = Path.of("deployment/verify-checkpoint-with-openssl")
                .toAbsolutePath()
                .toString();

        assertThat(Command.run(folder, List.of(script, "vkey", "checkpoint"))
                        .succeeded()
                        .out())
                .isEqualTo("checkpoint of lab-a.example/sealkeeper: %d leaves, root %s: valid%n"
                        .formatted(log.checkpoint().size(), log.checkpoint().root()));
        assertThat(Command.run(folder, List.of(script, "vkey", "257.tlog-proof", "257.json"))
                        .succeeded()
                        .out())
                .startsWith("leaf 257: in the log\n");
        assertThat(Command.run(folder, List.of(script, "vkey", "257.tlog-proof", "258.json"))
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void healthNamesTheLog() throws Exception {
        var ready = URI.create("http://127.0.0.1:" + home.managementPort() + "/q/health/ready");
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(Blocks.json(answer).get("checks").valueStream())
                    .extracting(check -> check.get("name").asText() + " "
                            + check.get("status").asText())
                    .contains("audit log is whole and checkpointed UP");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void theLastLeafTellsThatItStoppedAndIsCheckpointed() {
        assertThat(auditor.get("/v1/audit/tile/0/000").statusCode()).isEqualTo(200);
        var before = FetchedLog.by(auditor);
        appliance.close();
        assertThat(appliance.output()).doesNotContain("ERROR");
        appliance = ApplianceProcess.start(home);

        FetchedLog after = FetchedLog.having(auditor, Duration.ofSeconds(10), AuditApiIT::startedAgain)
                .verified();
        List<String> operations = operations(after.leaves());

        assertThat(operations.stream().filter("stop-appliance"::equals)).hasSize(1);
        int stop = operations.indexOf("stop-appliance");
        assertThat(operations.subList(stop, operations.size()))
                .startsWith("stop-appliance", "load-policy", "start-appliance");
        assertThat(stop).isGreaterThanOrEqualTo((int) before.checkpoint().size());
        assertThat(after.entries().subList(0, before.entries().size())).containsExactlyElementsOf(before.entries());
    }

    private static boolean startedAgain(List<JsonNode> leaves) {
        List<String> operations = operations(leaves);
        return operations.contains("stop-appliance")
                && operations.lastIndexOf("start-appliance") > operations.indexOf("stop-appliance");
    }

    private static List<String> operations(List<JsonNode> leaves) {
        return leaves.stream().map(leaf -> leaf.get("operation").asText()).toList();
    }

    private static void post(Caller caller, String id, String path, String json, int status) {
        var request = caller.request(path).header("Content-Type", "application/json");
        assertStatus(
                caller.send(request.header("X-Request-Id", "t." + id).POST(BodyPublishers.ofString(json))), status);
    }

    private static void get(Caller caller, String id, String path, int status) {
        assertStatus(caller.send(caller.request(path).header("X-Request-Id", "t." + id)), status);
    }

    private static void assertStatus(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private static boolean isOf(String id, JsonNode leaf) {
        return leaf.path("requestId").asText().equals("t." + id);
    }

    private static boolean isOfThisTest(JsonNode leaf) {
        return leaf.path("requestId").asText().startsWith("t.") && !isOf("soon", leaf);
    }

    private static String summary(JsonNode leaf) {
        String reason = leaf.has("reason") ? leaf.get("reason").asText() + " " : "";
        String height = leaf.has("height") ? "/" + leaf.get("height").asLong() : "";
        String chain = leaf.has("chain") ? " " + leaf.get("chain").asText() + height : "";
        String caller = leaf.get("caller").asText();
        assertThat(leaf.get("authentication").asText()).isEqualTo("client-certificate");
        return leaf.get("requestId").asText().substring(2) + " "
                + leaf.get("operation").asText() + " "
                + leaf.get("outcome").asText() + " " + reason
                + leaf.get("decision").asText() + " by " + leaf.get("rule").asText() + ": "
                + caller.substring(caller.lastIndexOf(':') + 1) + chain;
    }

    private static JsonNode entries(String query) {
        var answer = auditor.get("/v1/audit/entries" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Blocks.json(answer);
    }

    private static HttpResponse<String> prefer(String preference, String path, String json) {
        return nodeA.send(nodeA.request(path)
                .header("Content-Type", "application/json")
                .header("Prefer", preference)
                .POST(BodyPublishers.ofString(json)));
    }

    private static void awaitCovered(int index) {
        FetchedLog.having(auditor, PATIENCE, leaves -> leaves.size() > index);
    }

    private static String requestId(HttpResponse<String> answer) {
        return header(answer, "X-Request-Id");
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String name) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Blocks.json(answer).get("type").asText()).isEqualTo("urn:sealkeeper:problem:" + name);
    }
}
