package org.sealkeeper.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.Sealkeeper;
import org.sealkeeper.cli.TestPki;
import org.sealkeeper.merkle.TlogProof;
import org.sealkeeper.testing.LogServer;
import org.sealkeeper.testing.SoftwareLeaves;
import org.sealkeeper.testing.SoftwareLog;

/** The auditor's commands, to the letter where he reads them. */
class AuditCommandsTest {
    private static final String PROMPT = "$ sealkeeper ";
    private static final SoftwareLeaves LEAVES = new SoftwareLeaves(1);
    private static final Map<String, byte[]> LOG = SoftwareLog.cosigned(LEAVES.entries(300));

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        SoftwareLog.write(folder.resolve("log"), LOG);
        SoftwareLog.write(folder.resolve("forked"), SoftwareLog.files(new SoftwareLeaves(2).entries(300)));
        SoftwareLog.write(folder.resolve("newer"), SoftwareLog.files(ofNewerVersion()));
        write("vkeys.txt", SoftwareLog.VKEYS);
        write("policy.txt", SoftwareLog.POLICY);
        write("witnesses.txt", "witness lab-b " + SoftwareLog.WITNESS.verifier() + "\nquorum lab-b\n");
        write("blocks.ndjson", String.join("\n", SoftwareLeaves.export(300)) + "\n");
        write("older.ndjson", String.join("\n", SoftwareLeaves.export(200)) + "\n");
        write("unplaced.ndjson", SoftwareLeaves.export(5).getFirst().replace(",\"auditIndex\":2", "") + "\n");
        write("forged.ndjson", SoftwareLeaves.export(5).getFirst().replace("\"height\":0", "\"height\":1") + "\n");
        write(
                "key.pem",
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(SoftwareLeaves.KEY
                                        .verificationKey()
                                        .publicKey()
                                        .getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    /** Some leaves are of an operation nobody has heard of yet, one is of another version. */
    private static List<byte[]> ofNewerVersion() {
        List<byte[]> entries = LEAVES.entries(300);
        for (int index : new int[] {4, 9, 14}) {
            entries.set(index, text(index).replace("read-chain", "read-runes").getBytes(StandardCharsets.UTF_8));
        }
        entries.set(19, text(19).replace("\"v\":1", "\"v\":2").getBytes(StandardCharsets.UTF_8));
        return entries;
    }

    private static String text(int index) {
        return new String(LEAVES.entry(index), StandardCharsets.UTF_8);
    }

    @Test
    void theTranscriptIsReplayedToTheLetter() throws Exception {
        Path transcript =
                Path.of(Objects.requireNonNull(AuditCommandsTest.class.getResource("/cli/audit/audit.transcript"))
                        .toURI());
        String expected = Files.readString(transcript);
        var replayed = new StringBuilder();
        for (String line : expected.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                replayed.append(line).append('\n').append(replay(line.substring(PROMPT.length())));
            }
        }
        assertThat(replayed).hasToString(expected);
    }

    @Test
    void aProofThatIsShownProvesTheLeafThatIsShown() {
        var proof = TlogProof.parse(run("audit", "show", "--proof", at("log"), "17"));
        byte[] leaf = run("audit", "show", "--json", at("log"), "17").strip().getBytes(StandardCharsets.UTF_8);
        assertThat(leaf).isEqualTo(LEAVES.entry(17));
        assertThat(proof.proves(leaf)).isTrue();
    }

    @Test
    void everyFilterOfASearchCounts() {
        assertThat(found()).hasSize(300);
        assertThat(found("--operation", "sign-block", "--outcome", "done")).hasSize(60);
        assertThat(found("--caller", "urn:sealkeeper:node:node-b")).hasSize(120);
        assertThat(found("--chain", "lab-a")).hasSize(240);
        assertThat(found("--chain", "lab-b")).isEmpty();
        assertThat(found("--from", "2026-01-05T08:00:00.137Z", "--until", "2026-01-05T08:00:00.411Z"))
                .hasSize(2);
        assertThat(found("--outcome", "begun", "--limit", "3")).containsExactly(json(1), json(6), json(11));
    }

    @Test
    void aValidLogIsExportedForFhirAndNoOther() {
        String[] ofBlocks = {"--blocks", at("blocks.ndjson"), "--keys", at("key.pem")};
        List<String> resources = export("log", ofBlocks).lines().toList();
        assertThat(resources).hasSize(360);
        assertThat(resources.subList(0, 300))
                .allMatch(line -> line.startsWith("{\"resourceType\":\"AuditEvent\",\"id\":\""));
        assertThat(resources.subList(300, 360))
                .allMatch(line -> line.startsWith("{\"resourceType\":\"Provenance\",\"id\":\""));
        assertThat(resources.get(300)).contains("\"value\":\"lab-a/0\"", "\"value\":\"lab-a.example/audit#2\"");
        assertThat(export("log", "--fhir-version", "R5"))
                .contains("\"category\":")
                .hasLineCount(300);
        assertThat(export("newer")).contains("nothing is exported").doesNotContain("AuditEvent");
        assertThat(export("log", "--blocks", at("older.ndjson"), "--keys", at("key.pem")))
                .contains("was signed, but is not in the export", "nothing is exported")
                .doesNotContain("AuditEvent");
        assertThat(export("log", "--blocks", "-", "--keys", at("key.pem"))).contains("which is read twice");
    }

    private String export(String log, String... more) {
        String[] where = {"--vkeys", at("vkeys.txt"), at(log)};
        return run(join(List.of("audit", "export", "--format", "fhir"), more, where));
    }

    @Test
    void aLogIsFetchedAndReadOverMutualTls() throws Exception {
        var pki = new TestPki(folder.resolve("pki"));
        try (var server = new LogServer(mutualTls(pki)).serving(LOG)) {
            String url = server.url().toString().replace("http:", "https:");
            String[] tls = {
                "--cert", pki.certificate("auditor").toString(),
                "--key", pki.key("auditor").toString(),
                "--ca", pki.certificate("ca").toString()
            };
            String[] trust = {"--policy", at("policy.txt")};
            assertThat(run(join(List.of("audit", "fetch", "--url", url, "--out", at("mirror")), tls, trust)))
                    .contains("300 leaves, 300 of them new; 5 files");
            assertThat(SoftwareLog.read(folder.resolve("mirror"))).containsExactlyInAnyOrderEntriesOf(LOG);
            assertThat(run(join(List.of("audit", "verify", url), tls, trust))).contains("/: valid");
            assertThat(run(join(List.of("audit", "show", "--json", url, "299"), tls, trust))
                            .strip())
                    .isEqualTo(new String(LEAVES.entry(299), StandardCharsets.UTF_8));
            String[] stranger = {"--ca", pki.certificate("ca").toString()};
            assertThat(run(join(List.of("audit", "verify", url), stranger, trust)))
                    .contains("cannot be read");
        }
    }

    private static HttpsServer mutualTls(TestPki pki) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(pki.client("server")) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needed = getSSLContext().getDefaultSSLParameters();
                needed.setProtocols(new String[] {"TLSv1.3"});
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        return server;
    }

    private List<String> found(String... filters) {
        return run(join(List.of("audit", "search", "--json"), filters, new String[] {at("log")}))
                .lines()
                .toList();
    }

    private static String json(long index) {
        return "{\"index\":" + index + ",\"leaf\":" + new String(LEAVES.entry(index), StandardCharsets.UTF_8) + "}";
    }

    private static String[] join(List<String> first, String[]... further) {
        return Stream.concat(first.stream(), Stream.of(further).flatMap(Arrays::stream))
                .toArray(String[]::new);
    }

    private String replay(String arguments) {
        String here = folder + "/";
        var out = new StringWriter();
        int exit = execute(out, arguments.replace("@/", here).split(" "));
        return out.toString().replace(here, "@/") + "[exit " + exit + "]\n";
    }

    private static String run(String... arguments) {
        var out = new StringWriter();
        execute(out, arguments);
        return out.toString();
    }

    private static int execute(StringWriter out, String... arguments) {
        return Sealkeeper.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private void write(String name, String text) {
        SoftwareLog.write(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }
}
