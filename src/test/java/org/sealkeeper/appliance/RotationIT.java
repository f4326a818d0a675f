package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Ledger;

/**
 * Every kind of key is rotated beside an appliance that is asked for signatures, data keys, checkpoints and cosignatures all the time; each in both
 * of its tokens.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RotationIT {
    private static final String CHAIN = "/v1/chains/lab-a";
    private static final int TOKENS = 2;
    private static final String CONTEXT = "{\"lab\":\"lab-a\",\"report\":\"r-1\"}";
    private static final SoftwareLog PEER =
            SoftwareLog.named("lab-p.example/peer").grownTo(4_000, "honest");

    private static final String GRANTS = """
              - {name: lab-makes, roles: [labs], operations: [generate-data-key], keys: [patient-data]}
              - {name: lab-opens, roles: [labs], operations: [unwrap-data-key], keys: [patient-data], purposes: [HOPERAT]}
            """;

    @TempDir
    private static Path folder;

    private static Home home;
    private static ApplianceProcess appliance;
    /** What went otherwise than its caller had to expect. */
    private static final Queue<String> WRONG = new ConcurrentLinkedQueue<>();

    /** The keys that auditors and peers were handed. */
    private static volatile List<VerifierKey> vkeys;

    private static volatile List<VerifierKey> cosigners;
    private static volatile boolean enough;
    private static final Set<String> USED = ConcurrentHashMap.newKeySet();
    private static final Deque<String> WRAPPED = new ConcurrentLinkedDeque<>();
    private static final AtomicInteger HEIGHT = new AtomicInteger();
    private static final AtomicInteger COSIGNED = new AtomicInteger();

    @BeforeAll
    static void start() {
        home = Home.provision(folder);
        String witness = "  - {alias: witness, purpose: checkpoint-cosigning, algorithm: EdDSA}\n";
        home.write("keys.yaml", home.read("keys.yaml").replace("keyEncryptionKeys:", witness + "keyEncryptionKeys:"));
        home.secondToken();
        home.here("dev-pki", "--out", "@/pki", "--recipient", "lab-a").succeeded();
        command("keys", "rotate", "--alias", "patient-data", "-f", "@/keys.yaml");
        command(
                "recipients",
                "enroll",
                "--name",
                "lab-a",
                "--certificate",
                "@/pki/recipient-lab-a.pem",
                "--so-pin-file",
                "sealkeeper=@/pins/so.pin",
                "--so-pin-file",
                "second=@/pins/second-so.pin");
        home.write(
                "policy.yaml",
                home.read("policy.yaml")
                        .replace(
                                "grants:",
                                "  labs: [{certificate: \"urn:sealkeeper:lab:lab-a\"}]\ngrants:\n" + GRANTS));
        home.write("audit.yaml", """
                origin: lab-a.example/sealkeeper
                rollbackProtection: every-group
                leaseSeconds: 5
                witnesses: []
                peers: ["%s"]
                """.formatted(PEER.verifier()));
        appliance = ApplianceProcess.start(home);
    }

    @AfterAll
    static void stop() {
        appliance.close();
        assertThat(appliance.output()).doesNotContain("ERROR");
    }

    /** Asks until it is enough, and ends at the first answer that is wrong. */
    private static Thread ask(Runnable once) {
        return Thread.ofPlatform().start(() -> {
            try {
                while (!enough) {
                    once.run();
                    Thread.sleep(Ledger.LEISURE);
                }
            } catch (InterruptedException | RuntimeException | AssertionError failure) {
                WRONG.add(failure.toString());
            }
        });
    }

    private static HttpResponse<String> expect(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    /** Signs the next block; verifies it as JOSE libraries do, which fetch the set again where they do not know a key. */
    private static void sign(Caller node, JwkSets sets) {
        JsonNode block =
                Blocks.json(expect(201, node.post(CHAIN + "/blocks", Blocks.request("rotation", HEIGHT.get()))));
        HEIGHT.incrementAndGet();
        sets.verify(block.get("signature").asText());
        USED.add(block.get("keyId").asText());
    }

    /** What was wrapped long ago is released, too. */
    private static void makeAndRelease(Caller lab) {
        HttpResponse<String> made = expect(201, lab.post("/v1/data-keys", """
                {"key":"patient-data","context":%s,"recipient":"lab-a"}""".formatted(CONTEXT)));
        WRAPPED.add(Blocks.json(made).get("wrapped").asText());
        for (String wrapped : List.of(WRAPPED.getFirst(), WRAPPED.getLast())) {
            var _ = expect(200, lab.post("/v1/data-keys/unwrap", """
                    {"wrapped":"%s","context":%s,"purposeOfUse":"HOPERAT","recipient":"lab-a"}""".formatted(wrapped, CONTEXT)));
        }
    }

    /** An auditor's tool insists on a line of each key that it was handed. */
    private static void readTheLog(Caller anyone) {
        List<VerifierKey> handed = vkeys;
        Note checkpoint = Note.parse(
                expect(200, anyone.get("/v1/audit/checkpoint")).body().getBytes(UTF_8));
        assertThat(handed).allMatch(checkpoint::isSignedBy);
    }

    private static void haveCosigned(Caller anyone) {
        List<VerifierKey> handed = cosigners;
        int seen = COSIGNED.get();
        String line = expect(
                        200,
                        anyone.send(anyone.request("/v1/witness/add-checkpoint")
                                .POST(BodyPublishers.ofByteArray(
                                        PEER.request(seen, seen + 1).bytes()))))
                .body();
        Note note = Note.parse((PEER.checkpoint(seen + 1).text() + "\n" + line).getBytes(UTF_8));
        assertThat(handed).allMatch(note::isSignedBy);
        COSIGNED.incrementAndGet();
    }

    /** The set of an appliance, as one that verifies keeps it. */
    private record JwkSets(Caller anyone, List<JWKSet> kept) {
        private void verify(String signature) {
            try {
                JWSObject jws = JWSObject.parse(signature);
                String kid = jws.getHeader().getKeyID();
                JWK key = kept.isEmpty() ? null : kept.getLast().getKeyByKeyId(kid);
                if (key == null) {
                    kept.add(JWKSet.parse(
                            expect(200, anyone.get("/.well-known/jwks.json")).body()));
                    key = kept.getLast().getKeyByKeyId(kid);
                }
                assertThat(key).as("the key " + kid + " in the set").isNotNull();
                assertThat(jws.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
            } catch (ParseException | JOSEException e) {
                throw new AssertionError(signature, e);
            }
        }
    }

    private static void command(String... words) {
        home.configured(words).succeeded();
    }

    private static void rotate(String alias) {
        command("keys", "rotate", "--alias", alias);
    }

    private static void deactivateFirst(String alias) {
        command("keys", "change-state", "--alias", alias, "--version-number", "1", "--to", "deactivated");
    }

    private static List<VerifierKey> vkeys(Caller anyone, String path) {
        return expect(200, anyone.get(path))
                .body()
                .lines()
                .map(VerifierKey::parse)
                .toList();
    }

    /** Those that are new among those that are shown. */
    private static List<VerifierKey> handedOver(Caller anyone, String path, List<VerifierKey> before) {
        Await.until(() -> vkeys(anyone, path).size() == 2 * before.size());
        List<VerifierKey> added = new ArrayList<>(vkeys(anyone, path));
        added.removeAll(before);
        return List.copyOf(added);
    }

    @Test
    @Order(1)
    void everyKindOfKeyIsRotatedAndNoRequestFails() throws InterruptedException {
        try (var node = Caller.of(home, "node-a");
                var lab = Caller.of(home, "lab-a");
                var anyone = Caller.anonymous(home)) {
            vkeys = vkeys(anyone, "/v1/audit/vkey");
            cosigners = vkeys(anyone, "/v1/witness/vkey");
            int before = kids(anyone);
            var sets = new JwkSets(anyone, new ArrayList<>());
            List<Thread> load = List.of(
                    ask(() -> sign(node, sets)),
                    ask(() -> makeAndRelease(lab)),
                    ask(() -> readTheLog(anyone)),
                    ask(() -> haveCosigned(anyone)));

            rotate("patient-data");
            command("keys", "rotate", "--alias", "lab-a-blocks", "--prepare");
            Await.until(() -> kids(anyone) == before + TOKENS);
            rotate("lab-a-blocks");
            for (String alias : List.of("audit-p256", "audit-ed25519", "witness")) {
                rotate(alias);
            }
            List<VerifierKey> newOnes = handedOver(anyone, "/v1/audit/vkey", vkeys);
            assertThat(home.here("keys", "export", "--format", "vkeys", "--newest", "--config", "@/appliance.yaml")
                            .succeeded()
                            .out()
                            .lines()
                            .map(VerifierKey::parse))
                    .as("what auditors are handed")
                    .containsExactlyInAnyOrderElementsOf(newOnes);
            Await.until(() -> newOnes.stream().allMatch(checkpoint(anyone)::isSignedBy));
            vkeys = newOnes;
            cosigners = handedOver(anyone, "/v1/witness/vkey", cosigners);
            for (String alias : List.of("audit-p256", "audit-ed25519", "witness")) {
                deactivateFirst(alias);
            }
            Await.until(() -> checkpoint(anyone).signatures().size() == 2 * TOKENS);
            Await.until(() -> vkeys(anyone, "/v1/witness/vkey").equals(cosigners));
            Await.until(() -> USED.stream()
                    .anyMatch(kid ->
                            states().lines().anyMatch(line -> line.contains(kid) && line.contains("\"version\":2"))));
            Await.until(() -> !WRONG.isEmpty() || (HEIGHT.get() > 20 && COSIGNED.get() > 20 && WRAPPED.size() > 20));
            enough = true;
            for (Thread thread : load) {
                thread.join();
            }
            assertThat(WRONG).isEmpty();
        }
    }

    private static Note checkpoint(Caller anyone) {
        return Note.parse(anyone.get("/v1/audit/checkpoint").body().getBytes(UTF_8));
    }

    private static int kids(Caller anyone) {
        return Blocks.json(anyone.get("/.well-known/jwks.json")).get("keys").size();
    }

    @Test
    @Order(2)
    void aChainWhoseKeyIsSuspendedIsRefusedUntilItIsActiveAgain() {
        try (var node = Caller.of(home, "node-a");
                var auditor = Caller.of(home, "auditor")) {
            state("suspended");
            Await.until(() -> Blocks.json(node.get(CHAIN)).get("keyIds").isEmpty());
            HttpResponse<String> refused = node.post(CHAIN + "/blocks", Blocks.request("rotation", HEIGHT.get()));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(Blocks.json(refused).get("type").asText()).endsWith(":key-inactive");
            stop();
            appliance = ApplianceProcess.start(home);
            assertThat(node.post(CHAIN + "/blocks", Blocks.request("rotation", HEIGHT.get()))
                            .statusCode())
                    .as("nor after a restart")
                    .isEqualTo(503);
            state("active");
            Await.until(() -> node.post(CHAIN + "/blocks", Blocks.request("rotation", HEIGHT.get()))
                            .statusCode()
                    == 201);
            FetchedLog log = FetchedLog.having(
                    auditor, Duration.ofSeconds(60), leaves -> leaves.stream().anyMatch(RotationIT::isRefusal));
            assertThat(log.leaves())
                    .filteredOn(leaf -> leaf.path("keyState").asText().equals("suspended"))
                    .hasSize(TOKENS);
        }
    }

    private static boolean isRefusal(JsonNode leaf) {
        return leaf.path("reason").asText().equals("key-inactive");
    }

    private static void state(String to) {
        command("keys", "change-state", "--alias", "lab-a-blocks", "--version-number", "2", "--to", to);
    }

    /** What every version signed is verified by what the appliance shows, and by the log; a compromised one counts until then. */
    @Test
    @Order(3)
    void whatACompromisedKeySignedBeforeStillCounts() {
        assertThat(chainVerified().out()).containsPattern(", [2-4] keys, .*: valid");
        command("keys", "change-state", "--alias", "lab-a-blocks", "--version-number", "1", "--to", "compromised");
        Await.until(() -> states().contains("compromisedSince"));
        assertThat(chainVerified().exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(chainVerified().out())
                .contains(
                        "is compromised since ",
                        "; whether it signed this before, 'sealkeeper audit verify --blocks' tells");
        assertThat(logVerified().succeeded().out()).contains("valid");

        JsonNode second = Blocks.json(states().lines()
                .filter(line -> line.contains("lab-a-blocks") && line.contains("\"version\":2"))
                .filter(line -> USED.stream().anyMatch(line::contains))
                .findFirst()
                .orElseThrow());
        rotate("lab-a-blocks");
        String since = Instant.parse(second.get("stateSince").asText()).toString();
        command(
                "keys",
                "change-state",
                "--alias",
                "lab-a-blocks",
                "--version-number",
                "2",
                "--to",
                "compromised",
                "--since",
                since);
        // A checkpoint has the leaf that says so within a second.
        Await.until(() -> logVerified().exitCode() == ExitCode.INVALID);
        Command doubted = logVerified();
        assertThat(doubted.out()).contains("was signed at ", " with the key ", ", which is compromised since");
        assertThat(doubted.out()).containsPattern(second.get("kid").asText() + "|" + String.join("|", USED));
    }

    @Test
    @Order(4)
    void aCertificateOfAnAuthorityIsShownBesideTheKeyAndItsEndIsTold() throws Exception {
        Path pki = home.folder().resolve("pki");
        X509Certificate root =
                KeyFile.read(pki.resolve("ca.pem")).certificates().getFirst();
        JsonNode key = jwk("lab-b-blocks");
        TestAuthority issued = TestAuthority.of(root, pki.resolve("ca.key"))
                .issue(
                        "lab-b",
                        new KeyPair(JWK.parse(key.toString()).toECKey().toPublicKey(), null),
                        form -> form.usage(KeyUsage.digitalSignature));
        Path _ = TestAuthority.write(home.folder().resolve("issued.pem"), issued.certificate());
        command("keys", "import-certificate", "--certificate", "@/issued.pem", "--authorities", "@/pki/ca.pem");
        String der = Base64.getEncoder().encodeToString(issued.certificate().getEncoded());
        Await.until(() -> jwk("lab-b-blocks").get("x5c").get(0).asText().equals(der));
        assertThat(appliance.health("live"))
                .containsPattern("ends\\.lab-b-blocks\\.1\\.(sealkeeper|second)")
                .contains(issued.certificate().getNotAfter().toInstant().toString());
        assertThat(appliance.management("/q/metrics"))
                .containsPattern("sealkeeper_key_certificate_seconds 259\\d{4}\\.0");
    }

    /** That of the newest version. */
    private static JsonNode jwk(String alias) {
        try (var node = Caller.of(home, "node-a")) {
            String kid = Blocks.json(node.get("/v1/keys"))
                    .get("keys")
                    .valueStream()
                    .filter(key -> key.get("alias").asText().equals(alias))
                    .toList()
                    .getLast()
                    .get("keyId")
                    .asText();
            return Blocks.json(node.get("/.well-known/jwks.json"))
                    .get("keys")
                    .valueStream()
                    .filter(jwk -> jwk.get("kid").asText().equals(kid))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String states() {
        try (var anyone = Caller.anonymous(home)) {
            return anyone.get("/.well-known/key-states.ndjson").body();
        }
    }

    private static Command chainVerified() {
        try (var node = Caller.of(home, "node-a")) {
            home.write(
                    "blocks.ndjson",
                    node.get(CHAIN + "/blocks", "application/x-ndjson").body());
            home.write("jwks.json", node.get("/.well-known/jwks.json").body());
        }
        home.write("states.ndjson", states());
        return home.here(
                "chain", "verify", "--keys", "@/jwks.json", "--key-states", "@/states.ndjson", "@/blocks.ndjson");
    }

    private static Command logVerified() {
        home.fetchLog("mirror");
        return home.here(
                "audit",
                "verify",
                "--vkeys",
                "@/audit.vkeys",
                "--blocks",
                "@/blocks.ndjson",
                "--keys",
                "@/jwks.json",
                "@/mirror");
    }
}
