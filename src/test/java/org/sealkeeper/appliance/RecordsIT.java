package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.sealing.Recipe;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.SoftwareFhirServer;

/** Records are sealed and opened by the command line, and by other tools, against a running appliance. */
class RecordsIT {
    private static final String REPORT = "{\"text\": \"Hämoglobin 9,1 g/dl\"}\n";
    private static final int FORGED = 7;
    private static final int LINES = 300;

    @TempDir
    static Path folder;

    private static Home home;
    private static SoftwareFhirServer fhir;
    private static ApplianceProcess appliance;
    private static Caller lab;
    private static Caller clinician;
    private static Caller mover;

    @BeforeAll
    static void start() throws IOException {
        home = Home.provision(Files.createDirectory(folder.resolve("Zürich")));
        home.write("policy.yaml", POLICY);
        home.enroll("lab-a", "clinician-a");
        home.write("report.json", REPORT);
        tellFhirServer();
        appliance = ApplianceProcess.start(home);
        lab = Caller.of(home, "lab-a");
        clinician = Caller.of(home, "clinician-a");
        mover = Caller.of(home, "node-b");
    }

    @AfterAll
    static void stop() {
        lab.close();
        clinician.close();
        mover.close();
        appliance.close();
        fhir.close();
        assertThat(appliance.output()).doesNotContain("ERROR");
    }

    @Test
    void aSealedRecordIsOpenedByItsReaderAndNothingElseIs() throws IOException {
        process(sealing("first.sealed", "A-2026-0001")).succeeded();
        seal("second.sealed", "A-2026-0002");

        process(opening("first.sealed", "clinician-a", "TREAT")).succeeded();

        assertThat(home.read("opened.json")).isEqualTo(REPORT);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.folder().resolve("opened.json"))))
                .isEqualTo("rw-------");
        Files.delete(home.folder().resolve("opened.json"));
        ObjectNode first = sealed("first.sealed");
        ObjectNode second = sealed("second.sealed");
        assertRefused(altered(first, "/jwe", "ciphertext"), "clinician-a", "found an altered one");
        assertRefused(altered(first, "/jwe", "aad"), "clinician-a", "whose aad is its context");
        assertRefused(altered(first, "/context", "report"), "clinician-a", "wrapped-key-invalid");
        assertRefused(altered(first, "", "wrapped"), "clinician-a", "wrapped-key-invalid");
        assertRefused(second.deepCopy().set("jwe", first.get("jwe")), "clinician-a", "whose aad is its context");
        assertRefused(first, "lab-a", "the private key of the enrolled recipient 'clinician-a', found another");
        assertThat(open("first.sealed", "clinician-a", "HRESCH").err()).contains("forbidden");
        assertThat(home.folder().resolve("opened.json")).doesNotExist();
    }

    private static void tellFhirServer() throws IOException {
        Path token = Files.createFile(
                home.folder().resolve("pins/fhir.token"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, "eyJh.token\n");
        fhir = SoftwareFhirServer.of(home, "eyJh.token");
        home.write(
                "appliance.yaml",
                home.read("appliance.yaml")
                        + "fhir: {url: %s/, release: R4, write: update, authorities: pki/ca.pem, bearerToken: pins/fhir.token}%n"
                                .formatted(fhir.url()));
    }

    @Test
    void whileTheFhirServerHangsBlocksAreSignedAndAfterwardsItHasEachLeaf() throws Exception {
        var arrived = new CountDownLatch(1);
        var until = new CountDownLatch(1);
        fhir.has(new SoftwareFhirServer.Whim.Hangs(arrived, until));
        try (var node = Caller.of(home, "node-a")) {
            assertThat(node.post("/v1/chains/lab-a/blocks", Blocks.request("lab-a", 0))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(node.post("/v1/chains/lab-a/blocks", Blocks.request("lab-a", 1))
                            .statusCode())
                    .isEqualTo(201);
            Await.until(() -> appliance.management("/q/metrics").matches("(?s).*sealkeeper_fhir_lag [1-9].*"));
            assertThat(appliance.management("/q/health/ready")).contains("\"status\": \"UP\"");
            until.countDown();
            Await.until(() -> appliance.management("/q/health/live").matches("(?s).*\"lag\": 0[,\\s].*"));
        }
        List<Long> leaves = fhir.leaves();
        assertThat(leaves).isEqualTo(LongStream.range(0, leaves.size()).boxed().toList());
        assertThat(fhir.complaints()).isEmpty();
    }

    @Test
    void everyReleaseOfARecordIsAccountedForOutOfAVerifiedLog() {
        seal("accounted.sealed", "A-2026-0010");
        for (int time = 0; time < 2; time++) {
            open("accounted.sealed", "clinician-a", "TREAT").succeeded();
        }
        assertThat(open("accounted.sealed", "clinician-a", "HRESCH").err()).contains("forbidden");
        // A checkpoint has the leaves within a second.
        Await.until(() -> {
            home.fetchLog("disclosed");
            return disclosures("accounted.sealed", "text").out().contains(": 2 disclosures, ");
        });

        String text = disclosures("accounted.sealed", "text").succeeded().out();
        assertThat(text.lines().toList()).hasSize(4);
        assertThat(text)
                .containsPattern(
                        "accounted.sealed to recipient clinician-a for TREAT, asked by urn:sealkeeper:clinician:clinician-a, by the rule "
                                + ".*, leaf [0-9]+")
                .contains("accounted.sealed: 2 disclosures, of which 0 are accountable")
                .contains(
                        "complete from ",
                        ": the log lab-a.example/sealkeeper was verified from its first leaf to all ");
        assertThat(disclosures("accounted.sealed", "csv").succeeded().out().lines())
                .first()
                .isEqualTo("time,record,recipient,caller,subject,purpose,accountable,rule,policy,emergency,leaf");
        assertThat(disclosures("accounted.sealed", "json").succeeded().out()).contains("\"accountable\":false");
        assertThat(disclosures("accounted.sealed", "fhir").succeeded().out())
                .contains("\"code\":\"disclose\"", "\"code\":\"TREAT\"")
                .hasLineCount(2);
        assertThat(disclosures("report.json", "text").err()).contains("expected a sealed record");

        String leaf = home.read("disclosed/checkpoint");
        home.write("disclosed/checkpoint", leaf.replaceFirst("\n[0-9]+\n", "\n5\n"));
        Command forged = disclosures("accounted.sealed", "text");
        assertThat(forged.exitCode()).isEqualTo(1);
        assertThat(forged.out()).isEmpty();
        assertThat(forged.err()).contains("nothing is accounted for");
    }

    private static Command disclosures(String record, String format) {
        return home.here(
                "audit",
                "disclosures",
                "--record",
                "@/" + record,
                "--vkeys",
                "@/audit.vkeys",
                "--format",
                format,
                "@/disclosed");
    }

    @Test
    void aBrokenGlassIsShownWithItsJustification() {
        seal("urgent.sealed", "A-2026-0009");

        assertThat(open("urgent.sealed", "clinician-a", "BTG").err()).contains("justification-required");
        open("urgent.sealed", "clinician-a", "BTG", "--justification", "Unconscious in the shock room")
                .succeeded();

        assertThat(home.configured("audit", "emergencies").succeeded().out())
                .contains("urn:sealkeeper:clinician:clinician-a, key patient-data for BTG")
                .contains("Unconscious in the shock room");
    }

    @Test
    void aRecordIsOpenedByTheRecipesWithoutUs() throws Exception {
        seal("plain.sealed", "A-2026-0003");
        ObjectNode sealed = sealed("plain.sealed");
        ObjectNode wish = sealed.objectNode();
        wish.set("wrapped", sealed.get("wrapped"));
        wish.set("context", sealed.get("context"));
        wish.put("purposeOfUse", "TREAT").put("recipient", "clinician-a");
        JsonNode released = Blocks.json(clinician.post("/v1/data-keys/unwrap", wish.toString()));
        Path key = home.folder().resolve("pki/recipient-clinician-a.key");

        assertThat(new String(Recipe.openWithNimbus(sealed, released, key), UTF_8))
                .isEqualTo(REPORT);
        byte[] dataKey = Recipe.dataKeyWithOpenssl(folder, released, key);
        assertThat(new String(Recipe.openWithTheJdk(sealed, dataKey), UTF_8)).isEqualTo(REPORT);
        assertThat(Files.readString(Path.of("docs/operations/records.md")))
                .contains(Recipe.nimbusPartOfItsSource())
                .contains("openssl pkeyutl " + String.join(" ", Recipe.DECRYPT));
    }

    /** Ends with the old version destroyed; what the other tests seal, they open themselves. */
    @Test
    void anInterruptedRewrapGoesOnAndEveryDataKeyOutlivesTheOldVersion() throws IOException {
        List<ObjectNode> lines =
                IntStream.rangeClosed(1, LINES).mapToObj(RecordsIT::newDataKey).toList();
        int version = version(lines.getFirst().get("wrapped").asText());
        ObjectNode forged = lines.get(FORGED - 1);
        forged.put("wrapped", flipped(forged.get("wrapped").asText()));
        write("keys.ndjson", lines);
        String from = Integer.toString(version);
        String to = Integer.toString(version + 1);
        home.configured("keys", "rotate", "--alias", "patient-data").succeeded();
        home.asOfficer("rewrap-window", "open", "--alias", "patient-data", "--from", from, "--to", to)
                .succeeded();

        assertThat(rewrap("done in one run.ndjson").out()).startsWith("299 moved, 0 were");
        byte[] whole = Files.readAllBytes(home.folder().resolve("done in one run.ndjson"));
        Files.write(home.folder().resolve("interrupted.ndjson"), Arrays.copyOf(whole, whole.length / 2)); // mid-line
        Command resumed = rewrap("interrupted.ndjson");

        assertThat(home.folder().resolve("interrupted.ndjson")).hasBinaryContent(whole);
        assertThat(resumed.out()).contains("0 were under the newest version already, 1 refused");
        List<String> moved = home.read("interrupted.ndjson").lines().toList();
        assertThat(moved).hasSize(LINES);
        assertThat(moved.get(FORGED - 1)).isEqualTo(forged.toString());
        assertThat(moved.getFirst()).contains("\"result\":7.10");

        home.configured("rewrap-window", "close", "--alias", "patient-data").succeeded();
        assertThat(mover.post("/v1/data-keys/rewrap", wish(lines.getFirst()).toString())
                        .body())
                .contains("no-rewrap-window");
        destroy(from);
        JsonNode afterwards = unwrap(moved.stream().map(RecordsIT::parsed).toList());
        for (int i = 0; i < LINES; i++) {
            assertThat(afterwards.get(i).has("encryptedKey"))
                    .as("line " + (i + 1))
                    .isEqualTo(i != FORGED - 1);
        }
        assertThat(unwrap(lines).get(0).at("/problem/type").asText()).endsWith(":key-destroyed");
        assertThat(unwrap(lines).get(0).at("/problem/status").asInt()).isEqualTo(410);
    }

    private static Command rewrap(String out) {
        Command done = process(asCaller("node-b", "data-keys", "rewrap", "@/keys.ndjson", "--out", "@/" + out));
        assertThat(done.exitCode()).as(done.out() + done.err()).isEqualTo(1);
        assertThat(done.err()).contains("line " + FORGED + ": wrapped-key-invalid");
        return done;
    }

    private static ObjectNode newDataKey(int number) {
        String context = "{\"record\":\"%d\"}".formatted(number);
        String wish = "{\"key\":\"patient-data\",\"context\":%s,\"recipient\":\"lab-a\"}".formatted(context);
        var answer = lab.post("/v1/data-keys", wish);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return parsed("{\"result\":7.10,\"wrapped\":%s,\"context\":%s}"
                .formatted(Blocks.json(answer).get("wrapped"), context));
    }

    private static JsonNode unwrap(List<ObjectNode> lines) {
        var keys = lines.stream()
                .map(line -> wish(line)
                        .put("purposeOfUse", "TREAT")
                        .put("recipient", "lab-a")
                        .toString())
                .toList();
        var answer = lab.post("/v1/data-keys/unwrap/batch", "{\"keys\":[" + String.join(",", keys) + "]}");
        return Blocks.json(answer).get("results");
    }

    private static ObjectNode wish(ObjectNode line) {
        return line.deepCopy().retain("wrapped", "context");
    }

    private static void write(String name, List<ObjectNode> lines) {
        home.write(
                name, String.join("\n", lines.stream().map(ObjectNode::toString).toList()) + "\n");
    }

    private static ObjectNode parsed(String json) {
        return Recipe.object(json);
    }

    /** Of the key-encryption key, as docs/formats/wrapped-key.md has it. */
    private static int version(String wrapped) {
        byte[] bytes = Base64.getUrlDecoder().decode(wrapped);
        return ByteBuffer.wrap(bytes).getInt(2 + bytes[1]);
    }

    private static Command process(String... words) {
        return home.sealkeeper(
                Stream.of(words).map(word -> word.replaceFirst("^@/", "")).toArray(String[]::new));
    }

    private static void seal(String out, String report) {
        CommandHere.run(home.folder(), sealing(out, report)).succeeded();
        assertThat(home.read(out)).doesNotContain("9,1 g/dl");
    }

    private static String[] sealing(String out, String report) {
        return withKey(
                "lab-a",
                asCaller(
                        "lab-a",
                        "record",
                        "seal",
                        "@/report.json",
                        "--out",
                        "@/" + out,
                        "--data-key",
                        "patient-data",
                        "--context",
                        "report=" + report,
                        "--recipient",
                        "lab-a"));
    }

    private static Command open(String file, String keyOf, String purpose, String... more) {
        return CommandHere.run(home.folder(), opening(file, keyOf, purpose, more));
    }

    private static String[] opening(String file, String keyOf, String purpose, String... more) {
        List<String> line =
                new ArrayList<>(List.of("record", "open", "@/" + file, "--out", "@/opened.json", "--purpose", purpose));
        line.addAll(List.of("--recipient", "clinician-a"));
        line.addAll(List.of(more));
        return withKey(keyOf, asCaller("clinician-a", line.toArray(String[]::new)));
    }

    private static void assertRefused(JsonNode sealed, String keyOf, String why) {
        home.write("altered.sealed", sealed.toString());
        Command done = open("altered.sealed", keyOf, "TREAT");
        assertThat(done.exitCode()).as(done.err()).isEqualTo(1);
        assertThat(done.err()).contains(why).hasLineCount(1);
    }

    private static ObjectNode altered(ObjectNode sealed, String where, String member) {
        ObjectNode copy = sealed.deepCopy();
        ((ObjectNode) copy.at(where))
                .put(member, flipped(copy.at(where).get(member).asText()));
        return copy;
    }

    /** The same text with one character changed, of those whose bits all count. */
    private static String flipped(String text) {
        int at = text.length() / 2;
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    private static ObjectNode sealed(String file) {
        return parsed(home.read(file));
    }

    private static String[] asCaller(String name, String... command) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("--url", "https://localhost:" + home.port(), "--ca", "@/pki/ca.pem"));
        line.addAll(List.of("--cert", "@/pki/" + name + ".pem", "--key", "@/pki/" + name + ".key"));
        return line.toArray(String[]::new);
    }

    private static String[] withKey(String recipient, String... command) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("--recipient-key", "@/pki/recipient-" + recipient + ".key"));
        return line.toArray(String[]::new);
    }

    private static final String POLICY = """
            roles:
              lab: [{certificate: "urn:sealkeeper:lab:lab-a"}]
              clinicians: [{certificate: "urn:sealkeeper:clinician:clinician-a"}]
              movers: [{certificate: "urn:sealkeeper:node:node-b"}]
              auditors: [{certificate: "urn:sealkeeper:auditor:auditor"}]
              nodes: [{certificate: "urn:sealkeeper:node:node-a"}]
            grants:
              - name: lab
                roles: [lab]
                operations: [generate-data-key, unwrap-data-key]
                keys: [patient-data]
                purposes: [TREAT]
              - {name: clinicians, roles: [clinicians], operations: [unwrap-data-key], keys: [patient-data], purposes: [TREAT, BTG]}
              - {name: auditors, roles: [auditors], operations: [read-audit-log]}
              - {name: movers, roles: [movers], operations: [rewrap-data-key], keys: [patient-data]}
              - {name: nodes, roles: [nodes], operations: [sign-block], chains: [lab-a]}
            denials: []
            emergency: {windowMinutes: 15}
            ...
            """;

    /** The one that was forged in the list was not moved, nor were those of the records of other tests. */
    private static void destroy(String version) {
        String[] destruction = {
            "keys", "destroy-version", "--alias", "patient-data", "--version-number", version, "--yes"
        };
        Matcher refused = Pattern.compile(
                        "the audit log knows of (\\d+) data keys under key 'patient-data' version " + version)
                .matcher(home.configured(destruction).err());
        assertThat(refused.find()).isTrue();
        home.configured(Stream.concat(Stream.of(destruction), Stream.of("--lost", refused.group(1)))
                        .toArray(String[]::new))
                .succeeded();
    }
}
