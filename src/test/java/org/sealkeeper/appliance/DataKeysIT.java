package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.ShownLeaves;

/** Data keys over HTTPS, of the packaged appliance with a real token. */
class DataKeysIT {
    /** The profile {@code soak} has a thousand. */
    private static final int RELEASES = Integer.getInteger("sealkeeper.searchedReleases", 250);

    private static final int BATCH = 250;
    private static final String POLICY = """
            roles:
              labs: [{certificate: "urn:sealkeeper:lab:lab-a"}]
              clinicians: [{certificate: "urn:sealkeeper:clinician:clinician-a"}]
              auditors: [{certificate: "urn:sealkeeper:auditor:auditor"}]
            emergency: {windowMinutes: 15}
            grants:
              - {name: lab-makes, roles: [labs], operations: [generate-data-key], keys: [patient-data]}
              - {name: lab-opens, roles: [labs], operations: [unwrap-data-key], keys: [patient-data], purposes: [HOPERAT]}
              - {name: treatment, roles: [clinicians], operations: [unwrap-data-key], keys: [patient-data], purposes: [TREAT, BTG]}
              - {name: audit, roles: [auditors], operations: [read-audit-log]}
            denials: []
            ...
            """;

    @TempDir
    private static Path folder;

    private static final BlockingQueue<String> ALARMS = new ArrayBlockingQueue<>(10);

    private static Home home;
    private static ApplianceProcess appliance;
    private static HttpsServer webhook;
    private static Caller lab;
    private static Caller clinician;

    @BeforeAll
    static void start() throws Exception {
        home = Home.provision(folder);
        home.write("policy.yaml", POLICY);
        home.enroll("lab-a", "clinician-a");
        webhook = webhook();
        home.write(
                "appliance.yaml",
                home.read("appliance.yaml")
                        .replace(
                                "webhook: none",
                                "webhook: \"https://localhost:"
                                        + webhook.getAddress().getPort() + "/alarm\""));
        appliance = ApplianceProcess.start(home);
        lab = Caller.of(home, "lab-a");
        clinician = Caller.of(home, "clinician-a");
    }

    @AfterAll
    static void stop() {
        lab.close();
        clinician.close();
        appliance.close();
        webhook.stop(0);
    }

    /** As docs/operations/audit.md has them, word by word. */
    @Test
    void theDocumentedCommandsFindNoOpenedKeyThatWasNotMadeHere() throws Exception {
        String wrapped = made("r-7").get("wrapped").asText();
        long opened = Blocks.json(answered(200, unwrap(lab, wrapped, "r-7", "HOPERAT", "lab-a")))
                .get("auditIndex")
                .asLong();
        try (var auditor = Caller.of(home, "auditor")) {
            FetchedLog.having(auditor, Duration.ofSeconds(60), leaves -> leaves.size() > opened);
        }
        home.fetchLog("log");
        String documented = Files.readString(Path.of("docs/operations/audit.md"))
                .replaceFirst("(?s).*## Find wrapped keys.*?```sh\n(.*?)```.*", "$1");

        Command found = Command.shell(folder, documented);

        assertThat(found.succeeded().out()).isEmpty();
        assertThat(Files.readString(folder.resolve("opened"))).contains("\"dataKey\":");
    }

    private static HttpsServer webhook() throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Path pki = folder.resolve("pki");
        server.setHttpsConfigurator(new HttpsConfigurator(
                Caller.tls(pki.resolve("ca.pem"), pki.resolve("server.pem"), pki.resolve("server.key"))));
        server.createContext("/alarm", exchange -> {
            ALARMS.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void whatIsReleasedIsTheEncryptedKeyOfAJwe() throws Exception {
        JsonNode made = made("r-1");
        assertThat(made.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("wrapped", "recipient", "alg", "encryptedKey", "auditIndex");
        JsonNode released = Blocks.json(
                answered(200, unwrap(clinician, made.get("wrapped").asText(), "r-1", "TREAT", "clinician-a")));

        byte[] dataKey = open("lab-a", made);
        assertThat(open("clinician-a", released)).isEqualTo(dataKey);
        assertThat(opened(sealed("the report", dataKey, released), "clinician-a"))
                .isEqualTo("the report");
    }

    /** A JWE made with the data key by the JDK alone. */
    private static String sealed(String text, byte[] dataKey, JsonNode released) throws Exception {
        var header = new JWEHeader(JWEAlgorithm.parse(released.get("alg").asText()), EncryptionMethod.A256GCM);
        byte[] iv = new byte[12];
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(dataKey, "AES"), new GCMParameterSpec(128, iv));
        cipher.updateAAD(header.toBase64URL().toString().getBytes(StandardCharsets.US_ASCII));
        byte[] out = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
        int end = out.length - 16;
        return String.join(
                ".",
                header.toBase64URL().toString(),
                released.get("encryptedKey").asText(),
                Base64URL.encode(iv).toString(),
                Base64URL.encode(Arrays.copyOf(out, end)).toString(),
                Base64URL.encode(Arrays.copyOfRange(out, end, out.length)).toString());
    }

    private static String opened(String jwe, String recipient) throws Exception {
        JWEObject parsed = JWEObject.parse(jwe);
        parsed.decrypt(new RSADecrypter(privateKey(recipient)));
        return parsed.getPayload().toString();
    }

    @Test
    void whateverIsWrongWithAWrappedKeyTheAnswerIsTheSame() {
        String wrapped = made("r-2").get("wrapped").asText();
        byte[] bytes = Base64.getUrlDecoder().decode(wrapped);
        bytes[bytes.length - 1] ^= 1;
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        bytes[5] ^= 1; // another alias
        String foreign = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Set<String> answers = new HashSet<>();
        answers.add(refusal(unwrap(lab, wrapped, "r-3", "HOPERAT", "lab-a")));
        answers.add(refusal(unwrap(lab, forged, "r-2", "HOPERAT", "lab-a")));
        answers.add(refusal(unwrap(lab, foreign, "r-2", "HOPERAT", "lab-a")));
        answers.add(refusal(unwrap(lab, wrapped.substring(0, 100), "r-2", "HOPERAT", "lab-a")));
        answers.add(refusal(unwrap(lab, "", "r-2", "HOPERAT", "lab-a")));

        assertThat(answers).hasSize(1).first().asString().contains("wrapped-key-invalid");
    }

    /** Everything but the request's own id. */
    private static String refusal(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body().replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    @Test
    void aRequestOfAnotherFormIsRefusedWithItsField() {
        Map<String, String> wrong = Map.of(
                "{\"key\":\"patient-data\",\"context\":{},\"recipient\":\"lab-a\"}", "context",
                "{\"key\":\"patient-data\",\"context\":{\"a\":1},\"recipient\":\"lab-a\"}", "context.a",
                "{\"key\":\"patient-data\",\"context\":{\"a\":null},\"recipient\":\"lab-a\"}", "context",
                "{\"key\":\"patient-data\",\"context\":{\"a\":\"1\",\"a\":\"1\"},\"recipient\":\"lab-a\"}", "context.a",
                "{\"key\":\"patient-data\",\"context\":[],\"recipient\":\"lab-a\"}", "context",
                "{\"key\":\"patient-data\",\"context\":{\"a\":\"\\ud800\"},\"recipient\":\"lab-a\"}", "context.a",
                "{\"key\":\"patient-data\",\"context\":{\"a\":\"Z\ufffdrich\"},\"recipient\":\"lab-a\"}", "context",
                "{\"key\":\"patient-data\",\"context\":{\"a\":\"1\"},\"recipient\":\"LAB\"}", "recipient",
                "{\"key\":\"patient-data\",\"context\":{\"a\":\"1\"}}", "recipient");
        wrong.forEach((body, field) -> {
            JsonNode problem = Blocks.json(answered(400, lab.post("/v1/data-keys", body)));
            assertThat(problem.get("field").asText()).as(body).isEqualTo(field);
        });
        var purpose = unwrap(lab, "x", "r", "TREET", "lab-a");
        assertThat(Blocks.json(answered(400, purpose)).get("field").asText()).isEqualTo("purposeOfUse");
        var justification = clinician.post(
                "/v1/data-keys/unwrap",
                body("x", "r", "BTG", "clinician-a").replace("}\n", ",\"justification\":\"short\"}"));
        assertThat(Blocks.json(answered(400, justification)).get("field").asText())
                .isEqualTo("justification");
        var garbled = clinician.post(
                "/v1/data-keys/unwrap",
                body("x", "r", "BTG", "clinician-a")
                        .replace("}\n", ",\"justification\":\"unconscious in Z\ufffdrich\"}"));
        assertThat(Blocks.json(answered(400, garbled)).get("field").asText()).isEqualTo("justification");
        // What is bound already must stay readable: the context is not judged, but compared.
        assertThat(unwrap(lab, "x", "Z\ufffdrich", "HOPERAT", "lab-a").statusCode())
                .isEqualTo(422);
    }

    @Test
    void aBatchJudgesEachKeyByItself() {
        String wrapped = made("r-4").get("wrapped").asText();
        String keys = String.join(
                ",",
                body(wrapped, "r-4", "HOPERAT", "lab-a"),
                body(wrapped, "r-5", "HOPERAT", "lab-a"),
                body(wrapped, "r-4", "TREAT", "lab-a"),
                body(wrapped, "r-4", "HOPERAT", "nobody"));
        JsonNode results = Blocks.json(
                        answered(200, lab.post("/v1/data-keys/unwrap/batch", "{\"keys\":[" + keys + "]}")))
                .get("results");

        assertThat(results.get(0).has("encryptedKey")).isTrue();
        assertThat(results.findValuesAsText("type"))
                .containsExactly(
                        "urn:sealkeeper:problem:wrapped-key-invalid",
                        "urn:sealkeeper:problem:forbidden",
                        "urn:sealkeeper:problem:unknown-recipient");
        answered(400, lab.post("/v1/data-keys/unwrap/batch", "{\"keys\":[]}"));
    }

    @Test
    void breakingTheGlassIsJustifiedFlaggedAndTold() throws Exception {
        String wrapped = made("r-6").get("wrapped").asText();
        var unjustified = answered(422, unwrap(clinician, wrapped, "r-6", "BTG", "clinician-a"));
        assertThat(unjustified.body()).contains("justification-required");
        String justified = body(wrapped, "r-6", "BTG", "clinician-a")
                .replace("}\n", ",\"justification\":\"unconscious, no record of allergies\"}");
        answered(200, clinician.post("/v1/data-keys/unwrap", justified));
        answered(200, unwrap(clinician, wrapped, "r-6", "BTG", "clinician-a"));

        JsonNode alarm = Blocks.json(ALARMS.poll(60, TimeUnit.SECONDS));
        assertThat(alarm.get("caller").asText()).isEqualTo("urn:sealkeeper:clinician:clinician-a");
        assertThat(alarm.toString()).doesNotContain("unconscious");
        assertThat(appliance.output()).contains("EMERGENCY ACCESS").doesNotContain("unconscious");
        String shown = home.configured("audit", "emergencies").succeeded().out();
        assertThat(shown)
                .contains("leaf " + alarm.get("auditIndex").asText() + ":", "unconscious, no record of allergies");
        try (var auditor = Caller.of(home, "auditor")) {
            String leaves = ShownLeaves.of(auditor, "begin-emergency-access", "\"justification\"");
            assertThat(leaves).doesNotContain("unconscious");
        }
    }

    /** The recipient can compute every data key; the process that had them released must have none of them. */
    @Test
    void noDataKeyIsEverInTheMemoryOfTheAppliance() throws Exception {
        List<byte[]> dataKeys = new ArrayList<>();
        for (int batch = 0; batch < RELEASES / BATCH; batch++) {
            int first = batch * BATCH;
            List<String> keys = IntStream.range(first, first + BATCH)
                    .mapToObj(number -> {
                        JsonNode made = made("heap-" + number);
                        dataKeys.add(open("lab-a", made));
                        return body(made.get("wrapped").asText(), "heap-" + number, "HOPERAT", "lab-a");
                    })
                    .toList();
            String answer = answered(
                            200, lab.post("/v1/data-keys/unwrap/batch", "{\"keys\":[" + String.join(",", keys) + "]}"))
                    .body();
            assertThat(answer).doesNotContain("problem");
        }
        Path dump = folder.resolve("appliance.hprof");
        Command.run(
                        folder,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/jcmd")
                                        .toString(),
                                Long.toString(appliance.pid()),
                                "GC.heap_dump",
                                "-all",
                                dump.toString()))
                .succeeded();
        byte[] heap = Files.readAllBytes(dump);
        Files.delete(dump);

        assertThat(Needles.of(List.of("sealkeeper wrapped-key v1".getBytes(StandardCharsets.US_ASCII)))
                        .foundIn(heap))
                .as("a constant of the program, which shows that the search finds what is there")
                .isEqualTo(1);
        assertThat(dataKeys).hasSize(RELEASES);
        assertThat(Needles.of(dataKeys).foundIn(heap)).isZero();
    }

    private static JsonNode made(String report) {
        return Blocks.json(answered(201, lab.post("/v1/data-keys", """
                {"key":"patient-data","context":{"report":"%s","lab":"lab-a"},"recipient":"lab-a"}""".formatted(report))));
    }

    private static HttpResponse<String> unwrap(
            Caller caller, String wrapped, String report, String purpose, String recipient) {
        return caller.post("/v1/data-keys/unwrap", body(wrapped, report, purpose, recipient));
    }

    private static String body(String wrapped, String report, String purpose, String recipient) {
        return """
                {"wrapped":"%s","context":{"lab":"lab-a","report":"%s"},"purposeOfUse":"%s","recipient":"%s"}
                """.formatted(wrapped, report, purpose, recipient);
    }

    private static HttpResponse<String> answered(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private static byte[] open(String recipient, JsonNode released) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.DECRYPT_MODE, privateKey(recipient));
            return cipher.doFinal(
                    Base64.getUrlDecoder().decode(released.get("encryptedKey").asText()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static RSAPrivateKey privateKey(String recipient) throws Exception {
        String pem = home.read("pki/recipient-" + recipient + ".key")
                .replaceAll("-----[A-Z ]+-----", "")
                .replaceAll("\\s", "");
        return (RSAPrivateKey) KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }
}
