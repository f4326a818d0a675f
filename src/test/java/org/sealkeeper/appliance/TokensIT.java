package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.IssuerSignIns;
import org.sealkeeper.testing.TokenIssuer;

/** Bearer tokens at the real doors: good ones open them, forged ones none, and both identities are on record. */
class TokensIT {
    private static final String ATTACKED = "/v1/chains/lab-b/blocks";
    private static final ECKey STRICT_KEY = TokenIssuer.newKey();

    @TempDir
    static Path folder;

    private static Home home;
    private static TokenIssuer issuer;
    private static ApplianceProcess appliance;
    private static Caller nodeA;
    private static Caller nodeB;
    private static Caller anonymous;
    private static Caller auditor;

    @BeforeAll
    static void start() throws IOException {
        home = Home.provision(folder);
        issuer = TokenIssuer.start(home.folder().resolve("pki"));
        writeClientSecret();
        home.write("issuers.yaml", """
                issuers:
                  - {issuer: "%s", keys: discovery, authorities: pki/ca.pem, %s, boundToCertificate: optional,
                     console: {clientId: sealkeeper-console, clientSecretFile: pins/console.secret}}
                  - {issuer: "https://localhost:1", keys: discovery, authorities: pki/ca.pem, %2$s, boundToCertificate: optional,
                     console: {clientId: sealkeeper-console}}
                  - {issuer: "https://strict.example", keys: keys.json, authorities: none, %2$s, boundToCertificate: required}
                """.formatted(
                        issuer.name(),
                        "audience: sealkeeper, algorithms: [ES256], clockSkewSeconds: 1, maxLifetimeSeconds: 900"));
        home.write("keys.json", new JWKSet(STRICT_KEY).toString());
        String policy = home.read("policy.yaml");
        home.write("policy.yaml", policy.replace("grants:\n", """
                          robots: [{issuer: "%1$s", claims: {groups: robots}}]
                          strict: [{issuer: "https://strict.example", claims: {groups: robots}}]
                          dr-b-at-node-b: [{certificate: "urn:sealkeeper:node:node-b", issuer: "%1$s", claims: {sub: dr-b}}]
                          reviewers: [{issuer: "%1$s", claims: {groups: reviewers}}]
                        grants:
                          - {name: robots-sign, roles: [robots, strict], operations: [sign-block, read-chain], chains: [lab-a, lab-b, edwards]}
                          - name: both-sign
                            roles: [dr-b-at-node-b]
                            operations: [sign-block]
                            chains: [pss]
                            when: 'caller.authentication == "certificate+token" && caller.claims.shift == 1'
                          - {name: reviewers-read, roles: [reviewers], operations: [read-audit-log, read-status], mfa: required}
                        """.formatted(issuer.name())));
        appliance = ApplianceProcess.start(home);
        nodeA = Caller.of(home, "node-a");
        nodeB = Caller.of(home, "node-b");
        anonymous = Caller.anonymous(home);
        auditor = Caller.of(home, "auditor");
    }

    private static void writeClientSecret() throws IOException {
        Path file = home.folder().resolve("pins/console.secret");
        Files.writeString(file, IssuerSignIns.SECRET);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** In the same process, since to start one takes seconds. */
    @Nested
    class SignIns extends SignInTests {
        SignIns() {
            super(home, issuer, auditor);
        }
    }

    @AfterAll
    static void stop() {
        List.of(nodeA, nodeB, anonymous, auditor).forEach(Caller::close);
        appliance.close();
        issuer.close();
        // Every JWT begins so: none may have been logged.
        assertThat(appliance.output()).doesNotContain("eyJ").doesNotContain("ERROR");
    }

    private static JWTClaimsSet.Builder robot() {
        return issuer.claims("robot-7").claim("groups", List.of("robots", "ward-3"));
    }

    private static HttpRequest.Builder signing(Caller caller, String path, String seed, String token) {
        return caller.request(path)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(Blocks.request(seed, 0)));
    }

    private static HttpResponse<String> sign(Caller caller, String path, String token) {
        return caller.send(signing(caller, path, "tokens", token));
    }

    private static JsonNode leaf(HttpResponse<String> signed) {
        assertThat(signed.statusCode()).as(signed.body()).isIn(200, 201);
        long index = Blocks.json(signed).get("auditIndex").asLong();
        String entries = "/v1/audit/entries?limit=1&from=" + index;
        Await.until(() -> !Blocks.json(auditor.get(entries)).at("/entries/0").isMissingNode());
        return Blocks.json(auditor.get(entries)).at("/entries/0/leaf");
    }

    @Test
    void aCallerWithATokenAloneSignsAndIsOnRecordWithIt() {
        JWTClaimsSet.Builder claims = robot().jwtID("token-1");

        JsonNode leaf = leaf(sign(anonymous, "/v1/chains/edwards/blocks", issuer.token(claims)));

        assertThat(leaf.get("authentication").asText()).isEqualTo("token");
        assertThat(leaf.has("caller")).isFalse();
        assertThat(leaf.get("issuer").asText()).isEqualTo(issuer.name());
        assertThat(leaf.get("subject").asText()).isEqualTo("robot-7");
        assertThat(leaf.get("tokenId").asText()).isEqualTo("token-1");
        assertThat(leaf.get("claims").asText()).isEqualTo("{\"groups\":[\"robots\"]}");
        assertThat(leaf.get("rule").asText()).isEqualTo("grants/robots-sign");
    }

    @Test
    void anIssuerThatIsTakenOutOfTheFileOpensNoDoorAnyMore() {
        String token = issuer.token(robot());
        String path = "/v1/chains/lab-a/blocks";
        assertThat(sign(anonymous, path, token).statusCode()).isIn(200, 201);
        String issuers = home.read("issuers.yaml");

        home.write("issuers.yaml", "issuers: []\n");
        Await.until(() -> sign(anonymous, path, token).statusCode() == 401);
        home.write("issuers.yaml", issuers);
        Await.until(() -> sign(anonymous, path, token).statusCode() == 200);

        String changes = "/v1/audit/entries?operation=load-authorities";
        Await.until(() -> Blocks.json(auditor.get(changes)).at("/entries").size() == 2);
    }

    @Test
    void aCallerThatNeedsBothIsRefusedWithOneAndOnRecordWithBoth() {
        String path = "/v1/chains/pss/blocks";
        String token = issuer.token(issuer.claims("dr-b").claim("shift", 1));

        assertThat(sign(anonymous, path, token).statusCode()).isEqualTo(403);
        assertThat(sign(nodeA, path, token).statusCode()).isEqualTo(201); // node-a may by itself
        assertThat(nodeB.post(path, Blocks.request("tokens", 0)).statusCode()).isEqualTo(403);
        assertThat(sign(nodeB, path, issuer.token(issuer.claims("dr-b").claim("shift", 2)))
                        .statusCode())
                .isEqualTo(403);

        assertThat(sign(nodeB, path, token).statusCode()).isEqualTo(200);
        String entries = "/v1/audit/entries?chain=pss&outcome=replayed&subject=dr-b";
        Await.until(() -> auditor.get(entries).body().contains("replayed"));
        assertThat(auditor.get(entries).body())
                .contains("\"authentication\":\"client-certificate+token\"")
                .contains("\"caller\":\"urn:sealkeeper:node:node-b\"")
                .contains("\"rule\":\"grants/both-sign\"")
                .contains("\\\"shift\\\":1");
    }

    @Test
    void aTokenBoundToACertificateIsGoodWithThatOneOnly() throws Exception {
        String bound = issuer.token(robot().claim("cnf", Map.of("x5t#S256", thumbprint("node-a"))));

        assertThat(sign(nodeA, "/v1/chains/lab-a/blocks", bound).statusCode()).isIn(200, 201);
        assertInvalid(sign(nodeB, ATTACKED, bound));
        assertInvalid(sign(anonymous, ATTACKED, bound));
    }

    @Test
    void anIssuerOfBoundTokensIsBelievedOnlyWithThem() throws Exception {
        JWTClaimsSet.Builder claims = robot().issuer("https://strict.example");

        assertInvalid(sign(nodeA, ATTACKED, strict(claims)));
        claims.claim("cnf", Map.of("x5t#S256", thumbprint("node-a")));
        assertThat(sign(nodeA, "/v1/chains/lab-a/blocks", strict(claims)).statusCode())
                .isIn(200, 201);
    }

    private static String strict(JWTClaimsSet.Builder claims) {
        return TokenIssuer.token(TokenIssuer.header(STRICT_KEY), claims, STRICT_KEY);
    }

    private static String thumbprint(String name) throws Exception {
        try (var pem = Files.newInputStream(home.folder().resolve("pki/" + name + ".pem"))) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()))
                    .toString();
        }
    }

    @Test
    void moreThanOneFactorIsAskedForWhereThePolicySaysSo() {
        JWTClaimsSet.Builder reviewer = issuer.claims("reviewer").claim("groups", "reviewers");

        assertThat(read("/v1/audit/entries", issuer.token(reviewer))).isEqualTo(403);
        assertThat(read("/v1/audit/entries", issuer.token(reviewer.claim("amr", List.of("pwd")))))
                .isEqualTo(403);
        assertThat(read("/v1/audit/entries", issuer.token(reviewer.claim("amr", List.of("pwd", "otp")))))
                .isEqualTo(200);
    }

    private static int read(String path, String token) {
        return anonymous
                .send(anonymous.request(path).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    @Test
    void aTokenEndsOnALiveConnection() {
        String token =
                issuer.token(robot().expirationTime(Date.from(Instant.now().plusSeconds(2))));

        assertThat(read("/v1/chains/lab-a", token)).isEqualTo(200);
        Await.until(() -> read("/v1/chains/lab-a", token) == 401);
    }

    @Test
    void anIssuersNewKeyIsFoundAndItsKeysServeWhileItIsAway() {
        issuer.rotate();
        Await.until(() -> read("/v1/chains/lab-a", issuer.token(robot())) == 200);

        issuer.setDown(true);
        assertThat(read("/v1/chains/lab-a", issuer.token(robot()))).isEqualTo(200);
        issuer.setDown(false);
    }

    @Test
    void whereATokenCannotBeCheckedTheAnswerIsToComeAgain() {
        var answer = sign(anonymous, ATTACKED, issuer.token(robot().issuer("https://localhost:1")));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("urn:sealkeeper:problem:issuer-unavailable");
    }

    @ParameterizedTest
    @EnumSource
    void aForgedTokenProvesNothing(ForgedToken forged) {
        assertInvalid(sign(anonymous, ATTACKED, forged.made(issuer, robot())));
    }

    @Test
    void aBadTokenBesideAGoodCertificateIsRefused() {
        assertInvalid(sign(nodeB, ATTACKED, ForgedToken.UNSIGNED.made(issuer, robot())));
    }

    @Test
    void twoTokensAreNone() {
        String token = issuer.token(robot());

        assertInvalid(anonymous.send(
                signing(anonymous, ATTACKED, "tokens", token).header("Authorization", "Bearer " + token)));
    }

    @Test
    void aTokenInTheUriIsRefusedEvenBesideAGoodCertificate() {
        String body = Blocks.request("tokens", 0);

        assertInvalid(nodeB.post(ATTACKED + "?access_token=" + issuer.token(robot()), body));
        assertInvalid(nodeB.post(ATTACKED + "?%61ccess_token=x", body));
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (String header : List.of("Basic bm9kZTpub2Rl", "Bearer", "Bearer a b", "Bearer " + "a".repeat(8_193))) {
            assertInvalid(anonymous.send(anonymous.request("/v1/chains").header("Authorization", header)));
        }
    }

    /** Refused as the contract says; and the chain under attack has no leaf of anything begun. */
    private static void assertInvalid(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(answer.body()).contains("urn:sealkeeper:problem:invalid-token");
        assertThat(issuer.otherRequests()).isZero();
        JsonNode signed = Blocks.json(auditor.get("/v1/audit/entries?chain=lab-b&operation=sign-block"));
        assertThat(signed.get("entries")).as(signed.toString()).isEmpty();
    }
}
