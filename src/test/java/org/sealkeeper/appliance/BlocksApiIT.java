package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;

/** The blocks API of a running appliance, as nodes, auditors and strangers meet it. */
class BlocksApiIT {
    private static final String PROBLEM = "urn:sealkeeper:problem:";

    @TempDir
    static Path folder;

    private static Home home;
    private static ApplianceProcess appliance;
    private static Caller nodeA;
    private static Caller nodeB;
    private static Caller auditor;

    @BeforeAll
    static void start() {
        home = Home.provision(folder);
        appliance = ApplianceProcess.start(home);
        nodeA = Caller.of(home, "node-a");
        nodeB = Caller.of(home, "node-b");
        auditor = Caller.of(home, "auditor");
        for (int height = 0; height < 5; height++) {
            assertThat(nodeB.post("/v1/chains/lab-b/blocks", Blocks.request("b", height))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() {
        nodeA.close();
        nodeB.close();
        auditor.close();
        appliance.close();
        assertThat(appliance.output()).doesNotContain("ERROR");
    }

    @Test
    void aNewBlockIsAnsweredWithEverythingItsSignatureSays() throws Exception {
        var answer = nodeA.post("/v1/chains/lab-a/blocks", Blocks.request("a", 0));

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode block = Blocks.json(answer);
        assertThat(block.fieldNames())
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
                        "auditIndex");
        var jws = JWSObject.parse(block.get("signature").asText());
        assertThat(jws.getHeader().getType().getType()).isEqualTo("block+jws");
        assertThat(jws.getHeader().getKeyID()).isEqualTo(block.get("keyId").asText());
        assertThat(jws.getPayload().toString())
                .isEqualTo(new JsonCanonicalizer(jws.getPayload().toString()).getEncodedString());
        JsonNode said = Blocks.json(jws.getPayload().toString());
        for (String field : List.of("chain", "height", "previousHash", "blockHash", "signedAt")) {
            assertThat(said.get(field)).as(field).isEqualTo(block.get(field));
        }
        assertThat(said.size()).isEqualTo(5);
    }

    @Test
    void aReplayIsAnsweredByteForByte() {
        String request = Blocks.request("b", 2);
        var first = nodeB.post("/v1/chains/lab-b/blocks", request);
        var second = nodeB.post("/v1/chains/lab-b/blocks", request);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(auditor.get("/v1/chains/lab-b/blocks/2").body()).isEqualTo(first.body());
    }

    @Test
    void whatDoesNotExtendTheChainIsRefusedForItsOwnReason() {
        var conflict = post("lab-b", Blocks.request(3, Blocks.hash("b", 2), Blocks.hash("other")));
        assertProblem(conflict, 409, "conflicting-block");
        assertThat(Blocks.json(conflict).get("signedHash").asText()).isEqualTo(Blocks.hash("b", 3));

        var broken = post("lab-b", Blocks.request(5, Blocks.hash("other"), Blocks.hash("b", 5)));
        assertProblem(broken, 409, "broken-link");
        assertThat(Blocks.json(broken).get("expectedPreviousHash").asText()).isEqualTo(Blocks.hash("b", 4));

        var gap = post("lab-b", Blocks.request(9, Blocks.hash("b", 8), Blocks.hash("b", 9)));
        assertProblem(gap, 409, "height-gap");
        assertThat(Blocks.json(gap).get("expectedHeight").asLong()).isEqualTo(5);

        var below = nodeA.post("/v1/chains/proposals/blocks", Blocks.request(7, "a".repeat(96), "b".repeat(96)));
        assertProblem(below, 409, "height-regression");

        var length = post("lab-b", Blocks.request(5, "a".repeat(96), "b".repeat(64)));
        assertProblem(length, 400, "invalid-request");
        assertThat(Blocks.json(length).get("field").asText()).isEqualTo("previousHash");
    }

    @Test
    void aCallerThatIsNotNamedMayDoNothing() {
        assertProblem(nodeA.post("/v1/chains/lab-b/blocks", Blocks.request("b", 5)), 403, "forbidden");
        assertProblem(auditor.post("/v1/chains/lab-b/blocks", Blocks.request("b", 5)), 403, "forbidden");
        assertProblem(nodeA.get("/v1/chains/lab-b"), 403, "forbidden");
        assertProblem(nodeA.get("/v1/chains/lab-b/blocks/0"), 403, "forbidden");
        assertProblem(nodeA.get("/v1/chains/lab-b/blocks", "application/x-ndjson"), 403, "forbidden");
        assertProblem(nodeA.post("/v1/chains/lab-z/blocks", Blocks.request("b", 5)), 404, "unknown-chain");
        try (var stranger = Caller.anonymous(home)) {
            assertProblem(stranger.post("/v1/chains/lab-b/blocks", Blocks.request("b", 5)), 401, "unauthenticated");
            assertProblem(stranger.get("/v1/chains"), 401, "unauthenticated");
            assertThat(stranger.get("/.well-known/jwks.json").statusCode()).isEqualTo(200);
            assertThat(stranger.get("/v1/audit/jwks.json").statusCode()).isEqualTo(200);
        }
        assertThat(Blocks.json(auditor.get("/v1/chains")).get("chains"))
                .extracting(chain -> chain.get("name").asText())
                .containsExactly("lab-a", "lab-b");
    }

    @Test
    void readersSeeTheHeadAndPagesAndTheWholeChainAsLines() {
        JsonNode chain = Blocks.json(auditor.get("/v1/chains/lab-b"));
        assertThat(chain.at("/head/height").asLong()).isEqualTo(4);
        assertThat(chain.at("/head/blockHash").asText()).isEqualTo(Blocks.hash("b", 4));

        JsonNode page = Blocks.json(auditor.get("/v1/chains/lab-b/blocks?from=1&limit=2"));
        assertThat(page.get("blocks")).hasSize(2);
        assertThat(page.get("next").asLong()).isEqualTo(3);
        JsonNode last = Blocks.json(auditor.get("/v1/chains/lab-b/blocks?from=3&limit=100"));
        assertThat(last.get("blocks")).hasSize(2);
        assertThat(last.has("next")).isFalse();

        var lines = auditor.get("/v1/chains/lab-b/blocks", "application/x-ndjson");
        assertThat(lines.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/x-ndjson"));
        assertThat(lines.body().lines()).hasSize(5);
        assertProblem(auditor.get("/v1/chains/lab-b/blocks/99"), 404, "not-found");
        assertProblem(auditor.get("/v1/chains/lab-b/blocks?limit=0"), 400, "invalid-request");
        assertProblem(auditor.get("/v1/chains/lab-b/blocks/01"), 400, "invalid-request");
    }

    @Test
    void everyBlockOfABatchIsJudgedByItself() {
        String hash = "\"previousHash\":\"%s\",\"blockHash\":\"%s\"";
        List<String> blocks = new ArrayList<>();
        for (int height = 0; height < 3; height++) {
            blocks.add("{\"chain\":\"pss\",\"height\":%d,%s}"
                    .formatted(height, hash.formatted(Blocks.hash("pss", height - 1), Blocks.hash("pss", height))));
        }
        blocks.add("{\"chain\":\"lab-b\",\"height\":5,%s}"
                .formatted(hash.formatted(Blocks.hash("b", 4), Blocks.hash("b", 5))));
        blocks.add("{\"chain\":\"pss\",\"height\":9,%s}"
                .formatted(hash.formatted(Blocks.hash("pss", 8), Blocks.hash("pss", 9))));

        JsonNode results = Blocks.json(nodeA.post(
                        "/v1/blocks/batch", "{\"blocks\":[" + String.join(",", blocks) + "],\"mode\":\"individual\"}"))
                .get("results");

        assertThat(results).hasSize(5);
        for (int i = 0; i < 3; i++) {
            assertThat(results.get(i).get("height").asInt()).isEqualTo(i);
            assertThat(results.get(i).get("algorithm").asText()).isEqualTo("PS256");
        }
        assertThat(results.get(3).at("/problem/type").asText()).isEqualTo(PROBLEM + "forbidden");
        assertThat(results.get(4).at("/problem/type").asText()).isEqualTo(PROBLEM + "height-gap");
    }

    @Test
    void aBatchIsBoundedAndItsErrorsNameTheirPlace() {
        assertProblem(nodeA.post("/v1/blocks/batch", "{\"blocks\":[]}"), 400, "invalid-request");
        String one = "{\"chain\":\"lab-a\",\"height\":0,\"previousHash\":\"%s\",\"blockHash\":\"%s\"}"
                .formatted(Blocks.GENESIS_LINK, Blocks.hash("x"));
        String tooMany = "{\"blocks\":[" + String.join(",", java.util.Collections.nCopies(1_001, one)) + "]}";
        assertProblem(nodeA.post("/v1/blocks/batch", tooMany), 400, "invalid-request");
        var wrong = nodeA.post(
                "/v1/blocks/batch",
                "{\"blocks\":[" + one + "," + one.replace("\"height\":0", "\"height\":\"0\"") + "]}");
        assertProblem(wrong, 400, "invalid-request");
        assertThat(Blocks.json(wrong).get("field").asText()).isEqualTo("blocks[1].height");
    }

    @ParameterizedTest
    @CsvSource({"lab-b-blocks, ES256", "es384-blocks, ES384", "ps256-blocks, PS256", "eddsa-blocks, EdDSA"})
    void everyPublishedKeyCarriesACertificateOfItself(String alias, String algorithm) throws Exception {
        JsonNode key = key(alias);
        JWK jwk = jwks().getKeyByKeyId(key.get("keyId").asText());

        assertThat(jwk.getAlgorithm().getName()).isEqualTo(algorithm);
        assertThat(jwk.isPrivate()).isFalse();
        assertThat(jwk.computeThumbprint().toString()).isEqualTo(jwk.getKeyID());
        var certificate = jwk.getParsedX509CertChain().getFirst();
        certificate.verify(certificate.getPublicKey());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        assertThat(jwk.getX509CertSHA256Thumbprint()).isEqualTo(Base64URL.encode(digest));
        assertThat(SubjectKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(
                                certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId())))
                        .getKeyIdentifier())
                .hasSize(20);
        String pem = nodeA.get("/v1/keys/" + jwk.getKeyID(), "application/x-pem-file")
                .body();
        assertThat(pem).startsWith("-----BEGIN PUBLIC KEY-----");
    }

    /** A JOSE library that knows no Ed25519 refuses a set for a key in it that it never needs. */
    @Test
    void theSetForJoseHoldsWhatBlockSignaturesNeedAndAuditKeysHaveADoorOfTheirOwn() throws Exception {
        assertThat(jwks().getKeys()).extracting(JWK::getKeyID).containsExactlyInAnyOrder(ids("block-signing"));
        JWKSet audit = JWKSet.parse(nodeA.get("/v1/audit/jwks.json").body());
        assertThat(audit.getKeys()).extracting(JWK::getKeyID).containsExactlyInAnyOrder(ids("audit-signing"));
    }

    private static String[] ids(String purpose) {
        List<String> ids = new ArrayList<>();
        for (JsonNode key : Blocks.json(nodeA.get("/v1/keys")).get("keys")) {
            if (key.get("purpose").asText().equals(purpose)) {
                ids.add(key.get("keyId").asText());
            }
        }
        assertThat(ids).isNotEmpty();
        return ids.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"proposals, 121, 96", "edwards, 0, 64"})
    void signaturesOfEveryAlgorithmVerifyElsewhere(String chain, long height, int digits) throws Exception {
        String link = height == 0 ? "0".repeat(digits) : "9".repeat(digits);
        var answer = nodeA.post("/v1/chains/" + chain + "/blocks", Blocks.request(height, link, "c".repeat(digits)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertVerifiesElsewhere(Blocks.json(answer).get("signature").asText());
    }

    @Test
    void aWholeChainVerifiesWithNimbusWithTheCommandLineAndWithOpensslAlone() throws Exception {
        String lines =
                auditor.get("/v1/chains/lab-b/blocks", "application/x-ndjson").body();
        for (String line : lines.lines().toList()) {
            assertVerifiesElsewhere(Blocks.json(line).get("signature").asText());
        }
        home.write("lab-b.ndjson", lines);
        home.write("jwks.json", auditor.get("/.well-known/jwks.json").body());
        String keyId = key("lab-b-blocks").get("keyId").asText();
        home.write(
                "lab-b.pem",
                auditor.get("/v1/keys/" + keyId, "application/x-pem-file").body());
        String script =
                Path.of("deployment/verify-with-openssl").toAbsolutePath().toString();

        assertThat(home.here("chain", "verify", "--keys", "@/jwks.json", "@/lab-b.ndjson")
                        .succeeded()
                        .out())
                .contains("lab-b", "5 blocks", "valid");
        Command.run(folder, List.of(script, "lab-b.pem", "lab-b.ndjson")).succeeded();

        home.write("forged.ndjson", lines.replace(Blocks.hash("b", 3), Blocks.hash("forged")));
        assertThat(home.here("chain", "verify", "--keys", "@/jwks.json", "@/forged.ndjson")
                        .exitCode())
                .isEqualTo(1);
        assertThat(Command.run(folder, List.of(script, "lab-b.pem", "forged.ndjson"))
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void theVerifyEndpointTellsTrueFromForged() {
        String signature = Blocks.json(auditor.get("/v1/chains/lab-b/blocks/1"))
                .get("signature")
                .asText();
        JsonNode good = Blocks.json(nodeA.post("/v1/blocks/verify", "{\"signature\":\"" + signature + "\"}"));
        char swapped = signature.charAt(signature.length() - 10) == 'A' ? 'B' : 'A';
        String forged =
                signature.substring(0, signature.length() - 10) + swapped + signature.substring(signature.length() - 9);
        JsonNode bad = Blocks.json(nodeA.post("/v1/blocks/verify", "{\"signature\":\"" + forged + "\"}"));

        assertThat(good.get("valid").asBoolean()).isTrue();
        assertThat(good.at("/statement/height").asInt()).isEqualTo(1);
        assertThat(bad.get("valid").asBoolean()).isFalse();
        assertThat(bad.get("reason").asText()).isNotEmpty();
        assertThat(bad.has("statement")).isFalse();
    }

    @Test
    void theOpenApiDocumentDescribesEveryPath() {
        JsonNode openapi = Blocks.json(nodeA.get("/openapi?format=json"));
        assertThat(openapi.get("paths").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "/v1/chains",
                        "/v1/chains/{chain}",
                        "/v1/chains/{chain}/blocks",
                        "/v1/chains/{chain}/blocks/{height}",
                        "/v1/chains/{chain}/blocks/{height}/evidence",
                        "/v1/blocks/batch",
                        "/v1/blocks/verify",
                        "/v1/data-keys",
                        "/v1/data-keys/unwrap",
                        "/v1/data-keys/unwrap/batch",
                        "/v1/data-keys/rewrap",
                        "/v1/data-keys/rewrap/batch",
                        "/v1/keys",
                        "/v1/keys/{keyId}",
                        "/v1/audit/jwks.json",
                        "/v1/audit/vkey",
                        "/v1/audit/checkpoint",
                        "/v1/audit/cosigned",
                        "/v1/audit/tile/{level}/{index}",
                        "/v1/audit/tile/entries/{index}",
                        "/v1/audit/entries",
                        "/v1/audit/entries/{index}/proof",
                        "/v1/audit/cosignatures",
                        "/v1/witness/vkey",
                        "/v1/witness/add-checkpoint",
                        "/v1/witness/{log}/checkpoint",
                        "/.well-known/jwks.json",
                        "/.well-known/key-states.ndjson");
        JsonNode schemas = openapi.at("/components/schemas");
        assertThat(schemas.at("/BlockRequest/required"))
                .extracting(JsonNode::asText)
                .containsExactly("height", "previousHash", "blockHash");
        assertThat(schemas.at("/BatchResultItem/oneOf")).hasSize(2);
        for (String name : List.of("BlockRequest", "BatchRequest", "BatchItem", "GenerateRequest", "UnwrapRequest")) {
            assertThat(schemas.at("/" + name + "/additionalProperties").isBoolean())
                    .as(name)
                    .isTrue();
            assertThat(schemas.at("/" + name + "/additionalProperties").asBoolean())
                    .as(name)
                    .isFalse();
        }
        assertThat(schemas.at("/Context/additionalProperties/type").asText()).isEqualTo("string");
        assertThat(schemas.at("/SignedBlock").has("additionalProperties")).isFalse();
        assertThat(parameter(openapi, "/v1/audit/entries", "limit").toString())
                .contains("\"minimum\":1", "\"maximum\":1000", "\"type\":\"integer\"");
        assertThat(parameter(openapi, "/v1/audit/entries/{index}/proof", "index")
                        .toString())
                .contains("\"minimum\":0", "\"maximum\":999999999999999999", "\"type\":\"integer\"");
        assertThat(parameter(openapi, "/v1/chains/{chain}/blocks", "limit").toString())
                .contains("\"minimum\":1", "\"type\":\"integer\"");
        JsonNode conflict = openapi.at("/paths/~1v1~1chains~1{chain}~1blocks/post/responses/409/content");
        assertThat(conflict.fieldNames()).toIterable().containsExactly("application/problem+json");
    }

    private static JsonNode parameter(JsonNode openapi, String path, String name) {
        for (JsonNode parameter : openapi.get("paths").get(path).at("/get/parameters")) {
            if (parameter.get("name").asText().equals(name)) {
                return parameter.get("schema");
            }
        }
        throw new AssertionError("expected a parameter " + name + " of " + path);
    }

    private static JsonNode key(String alias) {
        for (JsonNode key : Blocks.json(nodeA.get("/v1/keys")).get("keys")) {
            if (key.get("alias").asText().equals(alias)) {
                return key;
            }
        }
        throw new AssertionError("expected a key " + alias);
    }

    /** Nimbus has no Ed25519 without a further library; the JDK judges that one. */
    private static void assertVerifiesElsewhere(String signature) throws Exception {
        var jws = JWSObject.parse(signature);
        JWK jwk = jwks().getKeyByKeyId(jws.getHeader().getKeyID());
        assertThat(
                        switch (jwk) {
                            case ECKey key -> jws.verify(new ECDSAVerifier(key));
                            case RSAKey key -> jws.verify(new RSASSAVerifier(key));
                            default -> verifiesWithTheJdk(jws, jwk);
                        })
                .isTrue();
    }

    private static boolean verifiesWithTheJdk(JWSObject jws, JWK jwk) throws Exception {
        Signature verifier = Signature.getInstance("Ed25519", "SunEC");
        verifier.initVerify(jwk.getParsedX509CertChain().getFirst());
        verifier.update(jws.getSigningInput());
        return verifier.verify(jws.getSignature().decode());
    }

    private static JWKSet jwks() throws Exception {
        return JWKSet.parse(nodeA.get("/.well-known/jwks.json").body());
    }

    private static HttpResponse<String> post(String chain, String request) {
        return nodeB.post("/v1/chains/" + chain + "/blocks", request);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String name) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Blocks.json(answer);
        assertThat(problem.get("type").asText()).isEqualTo(PROBLEM + name);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("requestId").asText())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(problem.get("title").asText()).isNotEmpty();
        assertThat(problem.get("detail").asText()).isNotEmpty();
    }

    /** At the management port, to all who reach it; the API has no such door. */
    @Test
    void theManagementPortAndACommandTellWhatTheTokenIsLike() throws Exception {
        HttpResponse<String> answer;
        try (var client = HttpClient.newHttpClient()) {
            var request = URI.create("http://127.0.0.1:" + home.managementPort() + "/q/tokens");
            answer = client.send(HttpRequest.newBuilder(request).build(), BodyHandlers.ofString());
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        JsonNode token = Blocks.json(answer).get("tokens").get(0);
        assertThat(token.fieldNames())
                .toIterable()
                .containsExactly(
                        "label",
                        "serial",
                        "state",
                        "ready",
                        "epoch",
                        "reason",
                        "secondsInState",
                        "secondsSinceProof",
                        "pools",
                        "token");
        assertThat(token.get("state").asText()).isEqualTo("ready");
        assertThat(token.get("ready").asBoolean()).isTrue();
        assertThat(token.get("pools").fieldNames())
                .toIterable()
                .containsExactly("signing", "data-keys", "administration", "records", "probes");
        assertThat(token.at("/token/flags").toString()).contains("CKF_LOGIN_REQUIRED");
        assertThat(token.at("/token/mechanisms/0").toString())
                .isEqualTo("{\"algorithm\":\"ES256\",\"mechanism\":\"CKM_ECDSA\",\"offered\":true}");

        Command told =
                home.here("token", "status", "--config", "@/appliance.yaml").succeeded();
        assertThat(told.out())
                .contains("state                ready for ")
                .contains("counts as ready      yes\n")
                .contains("serial number        " + token.get("serial").asText() + "\n")
                .contains("pool signing         ");
        assertThat(nodeA.get("/q/tokens").statusCode()).isEqualTo(404);
    }

    /** Beside it, as an assessor would: it is asked how it is, and its newest checkpoint is looked at. */
    @Test
    void theRunningApplianceIsAssessed() {
        Command assessed = home.here("assess", "--json", "--config", "@/appliance.yaml");
        assertThat(Blocks.json(assessed.out()).get("findings").findValuesAsText("found"))
                .contains(
                        "it runs, and all is well with it",
                        "its newest checkpoint has all leaves but those of the last minute");
    }
}
