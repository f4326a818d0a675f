package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_MECHANISM_INVALID;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.SoftwareWitness;
import org.sealkeeper.testing.TokenFault;
import org.sealkeeper.testing.TokenIssuer;

/** A laboratory that does, once, everything an appliance and its commands can do, and has everything fail that can be made to. */
final class BusyLab {
    private static final String BLOCKS = "/v1/chains/lab-a/blocks";
    private static final String UNWRAP = "/v1/data-keys/unwrap";
    private static final String REWRAP = "/v1/data-keys/rewrap";
    private static final String COSIGNATURES = "/v1/audit/cosignatures";
    private static final int BUNDLE = 256;
    private static final SoftwareLog PEER =
            SoftwareLog.named("lab-p.example/peer").grownTo(40, "honest");

    private final Home home;
    private final SoftwareWitness witness;
    private final FaultyModule token;

    /** A wrapped data key that can be moved to a newer version. */
    private String underFirstVersion;

    private Caller node;
    private Caller lab;
    private Caller clinician;
    private Caller auditor;
    private Caller anonymous;

    /** @param witness of its log */
    BusyLab(Home home, SoftwareWitness witness) {
        this.home = home;
        this.witness = witness;
        this.token = home.faultyToken();
    }

    void provision() {
        String cosigner = "  - {alias: witness, purpose: checkpoint-cosigning, algorithm: EdDSA}\n";
        home.write("keys.yaml", home.read("keys.yaml").replace("keyEncryptionKeys:", cosigner + "keyEncryptionKeys:"));
        home.configured("keys", "apply", "-f", "@/keys.yaml").succeeded();
        home.enroll("lab-a", "clinician-a", "retired");
        home.configured("recipients", "retire", "--name", "retired").succeeded();
        home.write("audit.yaml", """
                origin: lab-a.example/sealkeeper
                rollbackProtection: every-group
                leaseSeconds: 5
                witnesses: [{key: "%s", url: "%s"}]
                peers: ["%s"]
                """.formatted(
                        org.sealkeeper.testing.SoftwareLog.WITNESS.verifier(), witness.url(), PEER.verifier()));
        home.write("issuers.yaml", """
                issuers:
                  - {issuer: "https://localhost:1", keys: discovery, authorities: pki/ca.pem, audience: sealkeeper,
                     algorithms: [ES256], clockSkewSeconds: 1, maxLifetimeSeconds: 900, boundToCertificate: optional}
                """);
        home.write("policy.yaml", POLICY);
    }

    void breakTheGlassAndStop() {
        try (var _ = open()) {
            underFirstVersion = wrapped("before");
            expect(
                    200,
                    clinician.post(
                            UNWRAP,
                            emergency(underFirstVersion, "before", ",\"justification\":\"no record of allergies\"")));
        } finally {
            close();
        }
    }

    /** The window is over, as if its fifteen minutes were: no leaf says when it was to end. */
    void letTheEmergencyEnd() {
        store("UPDATE emergency_access SET ends_at = began_at");
    }

    /** The store's file is taken away while it is open, and brought back: the next start says so. */
    void stopSigning() throws IOException {
        Path store = home.store().resolve("sealkeeper.db");
        Path away = home.folder().resolve("away.db");
        try (var _ = open()) {
            Files.move(store, away);
            expect(503, auditor.get("/v1/keys"));
        } finally {
            close();
        }
        Files.move(away, store);
    }

    void doEverything() throws Exception {
        home.configured("keys", "rotate", "--alias", "patient-data").succeeded();
        home.asOfficer("rewrap-window", "open", "--alias", "patient-data", "--from", "1", "--to", "2")
                .succeeded();
        try (var appliance = open()) {
            signBlocks();
            useDataKeys();
            readEverything();
            review();
            cosign();
            reload();
            failInTheStore();
            failOnceItIsRemembered();
            failInTheToken();
            appliance.awaitReady();
            assertThat(appliance.output()).doesNotContain("expected a leaf of the table", "to say the same as");
        } finally {
            close();
        }
    }

    void closeWindowAndDestroy() {
        home.configured("rewrap-window", "close", "--alias", "patient-data").succeeded();
        home.configured("keys", "rotate", "--alias", "lab-b-blocks").succeeded();
        certify("es384-blocks");
        home.configured(
                        "keys",
                        "destroy-version",
                        "--alias",
                        "patient-data",
                        "--version-number",
                        "1",
                        "--yes",
                        "--lost",
                        "1")
                .succeeded();
    }

    private static PublicKey publicKey(String request) {
        try (var pem = new PEMParser(new StringReader(request))) {
            return new JcaPEMKeyConverter()
                    .getPublicKey(((PKCS10CertificationRequest) pem.readObject()).getSubjectPublicKeyInfo());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void certify(String alias) {
        String request =
                home.configured("keys", "csr", "--alias", alias).succeeded().out();
        Path pki = home.folder().resolve("pki");
        KeyPair key = new KeyPair(publicKey(request), null);
        TestAuthority issued = TestAuthority.of(
                        KeyFile.read(pki.resolve("ca.pem")).certificates().getFirst(), pki.resolve("ca.key"))
                .issue(alias, key, form -> form.usage(KeyUsage.digitalSignature));
        Path _ = TestAuthority.write(home.folder().resolve("issued.pem"), issued.certificate());
        home.configured("keys", "import-certificate", "--certificate", "@/issued.pem", "--authorities", "@/pki/ca.pem")
                .succeeded();
    }

    /** A chain goes to the appliance of the peer and comes back, with a file that this one would have written. */
    void handOver() {
        String peer = PEER.verifier().name().value();
        home.configured("guard", "export", "--chain", "pss", "--to", peer, "--out", "@/pss.guard")
                .succeeded();
        String leaf = home.read("pss.guard")
                .lines()
                .filter(line -> line.startsWith("leaf "))
                .findFirst()
                .orElseThrow()
                .replace(peer, "lab-a.example/sealkeeper")
                .replace("\"handover\":1", "\"handover\":2");
        TreeHash root = TreeHash.ofLeaf(leaf.substring("leaf ".length()).getBytes(UTF_8));
        Note checkpoint = PEER.signed(new Checkpoint(new Origin(peer), 1, root).text());
        home.write("back.guard", "sealkeeper-guard/1\n" + leaf + "\nindex 0\n\n" + checkpoint);
        home.write("peer.vkeys", PEER.verifier() + "\n");
        home.configured("guard", "import", "@/back.guard", "--trust", "@/peer.vkeys")
                .succeeded();
    }

    void acceptRollback() {
        home.write("audit.yaml", home.read("audit.yaml").replace("/sealkeeper\n", "/sealkeeper/2\n"));
        home.configured(
                        "audit",
                        "accept-rollback",
                        "--evidence",
                        "@/lab-a.ndjson,@/pss.ndjson,@/edwards.ndjson",
                        "--unused",
                        "lab-b,proposals")
                .succeeded();
    }

    private void signBlocks() {
        expect(201, node.post(BLOCKS, Blocks.request("busy", 0)));
        expect(200, node.post(BLOCKS, Blocks.request("busy", 0)));
        expect(409, node.post(BLOCKS, Blocks.request("other", 0)));
        for (int height = 1; height < 40 && !raced(); height++) {
            String block = Blocks.request("busy", height);
            IntStream.range(0, 8)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> node.post(BLOCKS, block).statusCode()))
                    .toList()
                    .forEach(answer -> assertThat(answer.join()).isIn(200, 201));
        }
    }

    /** Whether two requests for one block had both begun. */
    private boolean raced() {
        return leaves("sign-block").lines().anyMatch(text -> text.contains("\"begun\":") && text.contains("replayed"));
    }

    private void useDataKeys() {
        String old = wrapped("old");
        String wrapped = wrapped("busy");
        expect(422, lab.post("/v1/data-keys", making("nobody-knows", "x")));
        expect(200, clinician.post(UNWRAP, body(wrapped, "busy", "TREAT", "clinician-a", "")));
        expect(422, clinician.post(UNWRAP, body(wrapped, "forged", "TREAT", "clinician-a", "")));
        expect(403, clinician.post(UNWRAP, body(wrapped, "busy", "HRESCH", "clinician-a", "")));
        expect(422, clinician.post(UNWRAP, emergency(wrapped, "busy", "")));
        expect(
                200,
                clinician.post(UNWRAP, emergency(wrapped, "busy", ",\"justification\":\"no record of allergies\"")));
        expect(200, clinician.post(UNWRAP, emergency(wrapped, "busy", "")));
        expect(422, clinician.post(UNWRAP, emergency(wrapped, "forged", "")));
        expect(200, node.post(REWRAP, rewrapping(old, "old")));
        expect(422, node.post(REWRAP, rewrapping(old, "forged")));
        expect(403, lab.post(REWRAP, rewrapping(old, "old")));
        // A recipient whom the store trusts and the token does not, as after a change behind the appliance's back.
        store("UPDATE recipient SET state = 'enrolled', retired_at = NULL WHERE name = 'retired'");
        expect(422, lab.post("/v1/data-keys", making("retired", "x")));
        store("UPDATE recipient SET state = 'retired', retired_at = enrolled_at WHERE name = 'retired'");
    }

    private void readEverything() {
        String signature = Blocks.json(node.get(BLOCKS + "/0")).get("signature").asText();
        for (Caller caller : new Caller[] {auditor, clinician}) {
            int status = caller == auditor ? 200 : 403;
            expect(status, caller.get("/v1/chains/lab-a"));
            expect(status, caller.get("/v1/keys"));
            expect(status, caller.get("/v1/audit/entries"));
            expect(status, caller.get("/console/now"));
            expect(status, caller.get("/console/policy"));
            expect(status, caller.post("/v1/blocks/verify", "{\"signature\":\"" + signature + "\"}"));
        }
        expect(200, auditor.get("/console/emergencies"));
        expect(403, node.get("/console/emergencies"));
        expect(401, anonymous.get("/v1/keys"));
        expect(503, bearing("https://localhost:1"));
    }

    /** None reviews an emergency of its own. */
    private void review() {
        String begun = leaves("begin-emergency-access");
        String emergency = begun.replaceFirst("(?s).*\\{\"index\":(\\d+),\"leaf\":.*", "$1");
        expect(303, reviewing(auditor, emergency));
        expect(403, reviewing(clinician, emergency));
    }

    private static HttpResponse<String> reviewing(Caller caller, String emergency) {
        return caller.send(caller.request("/console/emergencies/" + emergency + "/review")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("verdict=justified&note=The+record+was+empty")));
    }

    private HttpResponse<String> bearing(String issuer) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("sealkeeper")
                .subject("robot")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        var key = TokenIssuer.newKey();
        String token = TokenIssuer.token(TokenIssuer.header(key), claims, key);
        return anonymous.send(anonymous
                .request("/v1/keys")
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    private void cosign() {
        expect(200, post(COSIGNATURES, cosigned()));
        Note checkpoint = checkpoint();
        var ours = new Note(checkpoint.text(), checkpoint.signatures().subList(0, 2));
        expect(422, post(COSIGNATURES, ours.toString()));
        expect(
                200,
                post(
                        "/v1/witness/add-checkpoint",
                        new String(PEER.request(0, 20).bytes(), UTF_8)));
        var fork = PEER.fork(10).grownTo(20, "forged");
        assertThat(post(
                                "/v1/witness/add-checkpoint",
                                new String(fork.request(20, 20).bytes(), UTF_8))
                        .statusCode())
                .isIn(409, 422);
    }

    private String cosigned() {
        Note checkpoint = checkpoint();
        NoteSignature line = org.sealkeeper.testing.SoftwareLog.WITNESS.sign(checkpoint.text());
        return checkpoint.with(line).toString();
    }

    private Note checkpoint() {
        return Note.parse(
                expect(200, anonymous.get("/v1/audit/checkpoint")).body().getBytes(UTF_8));
    }

    private void reload() throws IOException {
        broken("policy.yaml", "load-policy");
        broken("pki/ca.pem", "load-authorities");
        broken("pki/server.key", "load-certificate");
        home.here("dev-pki", "--out", "@/pki", "--revoke", "node-b").succeeded();
        Await.until(() -> leaves("load-authorities").contains("\"done\""));
        Files.delete(home.folder().resolve("pki/server.pem"));
        Files.delete(home.folder().resolve("pki/server.key"));
        home.here("dev-pki", "--out", "@/pki").succeeded();
        Await.until(() -> leaves("load-certificate").contains("\"done\""));
    }

    private void broken(String file, String operation) {
        String good = home.read(file);
        home.write(file, "neither YAML nor PEM: [\n");
        Await.until(() -> leaves(operation).contains("\"refused\""));
        home.write(file, good);
    }

    private void failInTheStore() {
        for (int request = 0; request < BUNDLE; request++) {
            expect(200, auditor.get("/v1/keys"));
        }
        failing("block", () -> expect(503, auditor.get(BLOCKS + "/0")));
        Await.until(() -> auditor.get("/v1/audit/tile/0/000").statusCode() == 200);
        failing("audit_tile", () -> expect(503, auditor.get("/v1/audit/tile/0/000")));
        String cosigned = cosigned();
        store("ALTER TABLE audit_log RENAME COLUMN cosigned TO broken");
        try {
            expect(503, post(COSIGNATURES, cosigned));
        } finally {
            store("ALTER TABLE audit_log RENAME COLUMN broken TO cosigned");
        }
    }

    private void failing(String table, Runnable request) {
        store("ALTER TABLE " + table + " RENAME TO broken");
        try {
            request.run();
        } finally {
            store("ALTER TABLE broken RENAME TO " + table);
        }
    }

    private void failInTheToken() throws IOException {
        String old = wrapped("old");
        Path tokens = home.folder().resolve("tokens");
        Path away = home.folder().resolve("tokens-away");
        Files.move(tokens, away);
        Files.createDirectory(tokens);
        try {
            expect(503, node.post("/v1/chains/edwards/blocks", Blocks.request("busy", 0)));
            expect(503, lab.post("/v1/data-keys", making("lab-a", "x")));
            expect(503, clinician.post(UNWRAP, body(old, "old", "TREAT", "clinician-a", "")));
            expect(503, clinician.post(UNWRAP, emergency(old, "old", "")));
            expect(503, node.post(REWRAP, rewrapping(old, "old")));
        } finally {
            Files.delete(tokens);
            Files.move(away, tokens);
        }
    }

    /**
     * The token remembers what is asked of it, and fails after that; checkpoints are signed with other keys. A claim whose signature
     * failed is signed when it is asked for again.
     */
    private void failOnceItIsRemembered() {
        String old = wrapped("old");
        String block = Blocks.request("last", 0);
        token.inject(TokenFault.answer("C_SignInit", CKR_MECHANISM_INVALID).ofKey(home.ckaId("ps256-blocks")));
        token.inject(TokenFault.answer("C_GenerateKey", CKR_MECHANISM_INVALID));
        token.inject(TokenFault.answer("C_UnwrapKey", CKR_MECHANISM_INVALID));
        try {
            expect(503, node.post("/v1/chains/pss/blocks", block));
            expect(503, lab.post("/v1/data-keys", making("lab-a", "x")));
            expect(503, clinician.post(UNWRAP, body(old, "old", "TREAT", "clinician-a", "")));
            expect(503, clinician.post(UNWRAP, emergency(old, "old", "")));
            expect(503, node.post(REWRAP, rewrapping(underFirstVersion, "before")));
        } finally {
            token.clear();
        }
        assertThat(node.post("/v1/chains/pss/blocks", block).statusCode()).isIn(200, 201);
    }

    private String wrapped(String report) {
        return Blocks.json(expect(201, lab.post("/v1/data-keys", making("lab-a", report))))
                .get("wrapped")
                .asText();
    }

    private static String making(String recipient, String report) {
        return "{\"key\":\"patient-data\",\"context\":{\"report\":\"%s\"},\"recipient\":\"%s\"}"
                .formatted(report, recipient);
    }

    private static String emergency(String wrapped, String report, String more) {
        return body(wrapped, report, "BTG", "clinician-a", more);
    }

    private static String body(String wrapped, String report, String purpose, String recipient, String more) {
        return "{\"wrapped\":\"%s\",\"context\":{\"report\":\"%s\"},\"purposeOfUse\":\"%s\",\"recipient\":\"%s\"%s}"
                .formatted(wrapped, report, purpose, recipient, more);
    }

    private static String rewrapping(String wrapped, String report) {
        return "{\"wrapped\":\"%s\",\"context\":{\"report\":\"%s\"}}".formatted(wrapped, report);
    }

    private ApplianceProcess open() {
        ApplianceProcess appliance = ApplianceProcess.start(home);
        node = Caller.of(home, "node-a");
        lab = Caller.of(home, "lab-a");
        clinician = Caller.of(home, "clinician-a");
        auditor = Caller.of(home, "auditor");
        anonymous = Caller.anonymous(home);
        return appliance;
    }

    private void close() {
        for (Caller caller : new Caller[] {node, lab, clinician, auditor, anonymous}) {
            caller.close();
        }
    }

    private String leaves(String operation) {
        return auditor.get("/v1/audit/entries?limit=1000&operation=" + operation)
                .body()
                .replace("{\"index\"", "\n{\"index\"");
    }

    private HttpResponse<String> post(String path, String text) {
        return auditor.send(
                auditor.request(path).header("Content-Type", "text/plain").POST(BodyPublishers.ofString(text)));
    }

    private HttpResponse<String> expect(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode())
                .as("%s%n%s", answer.body(), home.read("appliance.log"))
                .isEqualTo(status);
        return answer;
    }

    private void store(String statement) {
        String url = "jdbc:sqlite:" + home.folder().resolve("store/sealkeeper.db") + "?busy_timeout=10000";
        try (var connection = DriverManager.getConnection(url);
                var change = connection.createStatement()) {
            change.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final String POLICY = """
            roles:
              nodes: [{certificate: "urn:sealkeeper:node:node-a"}]
              labs: [{certificate: "urn:sealkeeper:lab:lab-a"}]
              clinicians: [{certificate: "urn:sealkeeper:clinician:clinician-a"}]
              auditors: [{certificate: "urn:sealkeeper:auditor:auditor"}]
            emergency: {windowMinutes: 15}
            grants:
              - {name: nodes, roles: [nodes], operations: [sign-block, read-chain], chains: [lab-a, pss, edwards]}
              - {name: movers, roles: [nodes], operations: [rewrap-data-key], keys: [patient-data]}
              - {name: labs, roles: [labs], operations: [generate-data-key], keys: [patient-data]}
              - {name: clinicians, roles: [clinicians], operations: [unwrap-data-key], keys: [patient-data], purposes: [TREAT, BTG]}
              - {name: auditors-read, roles: [auditors], operations: [read-chain], chains: ["*"]}
              - {name: auditors, roles: [auditors], operations: [read-audit-log, read-keys, verify-signature, read-status, read-policy]}
              - {name: reviewers, roles: [auditors, clinicians], operations: [read-emergencies, review-emergency]}
            denials: []
            separationExceptions: []
            ...
            """;
}
