package org.sealkeeper.cli.assess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;
import org.sealkeeper.verify.Digests;

/** The command, on a home as it is provisioned, and with faults in it. */
class AssessCommandIT {
    @TempDir
    static Path folder;

    private static Home home;

    @BeforeAll
    static void provision() {
        home = Home.provision(folder);
    }

    private static Command assess(String... words) {
        return home.configured(Stream.concat(Stream.of("assess", "-f", "@/keys.yaml"), Stream.of(words))
                .toArray(String[]::new));
    }

    /** The gravest status of each check. */
    private static Map<String, String> found(Command assessed) {
        Map<String, String> statuses = new TreeMap<>();
        for (JsonNode finding : Blocks.json(assessed.out()).get("findings")) {
            String status = finding.get("status").asText();
            statuses.putIfAbsent(
                    finding.get("id").asText(),
                    status.equals("weak") ? finding.get("severity").asText() : status);
        }
        return statuses;
    }

    @Test
    void aHomeAsItIsProvisionedHasTheWeaknessesOfADevelopmentMachineAndNoOthers() {
        Command assessed = assess("--json");
        assertThat(assessed.exitCode()).as(assessed.err()).isEqualTo(ExitCode.INVALID);
        assertThat(found(assessed))
                .containsEntry("witness-none", "medium")
                .containsEntry("token-software", "medium")
                .containsEntry("officers-none", "medium")
                .containsEntry("catalogue-export", "medium")
                .containsEntry("cryptoperiod-declared", "low")
                .containsEntry("cryptoperiod-end", "right")
                .containsEntry("appliance-health", "right")
                .containsEntry("pin-strength", "right")
                .containsEntry("file-mode", "right")
                .containsEntry("tls-certificate-end", "right")
                .containsEntry("client-certificates", "out-of-sight")
                .doesNotContainValue("high")
                .doesNotContainValue("unchecked");
        assertThat(assess("--minimum", "high").exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aFaultIsFoundUnderItsIdAndWhatItHidesIsSaid() throws Exception {
        Path pin = folder.resolve("pins/user.pin");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-r--r--"));
        String policy = home.read("policy.yaml");
        home.write("policy.yaml", policy.replace("urn:sealkeeper:node:node-b", "*"));
        String certificate = home.read("pki/server.pem");
        TestAuthority.write(
                folder.resolve("pki/server.pem"),
                TestAuthority.root("root")
                        .issue("server", form -> form.valid(Duration.ofDays(-2), Duration.ofDays(-1)))
                        .certificate());
        try {
            assertThat(found(assess("--json")))
                    .containsEntry("file-mode", "high")
                    .containsEntry("pin-strength", "unchecked")
                    .containsEntry("tls-certificate-end", "high")
                    .containsEntry("grant-to-everyone", "high");
            assertThat(assess("--minimum", "high").exitCode()).isEqualTo(ExitCode.INVALID);
        } finally {
            Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
            home.write("policy.yaml", policy);
            home.write("pki/server.pem", certificate);
        }
    }

    @Test
    void whereTheStoreIsGoneTheRestIsAssessed() throws Exception {
        Path store = home.store().resolve("sealkeeper.db");
        Path away = Files.move(store, folder.resolve("away.db"));
        try {
            Command assessed = assess("--json", "--minimum", "high");
            assertThat(assessed.exitCode()).isEqualTo(ExitCode.INVALID);
            assertThat(found(assessed))
                    .containsEntry("cryptoperiod-end", "unchecked")
                    .containsEntry("checkpoint-age", "unchecked")
                    .containsEntry("appliance-health", "unchecked")
                    .containsEntry("tls-certificate-end", "right");
        } finally {
            Files.move(away, store);
        }
    }

    @Test
    void theReportThatIsRecordedIsTheOneThatIsPrinted() throws Exception {
        Command assessed = assess("--json", "--record", "--html", "@/report.html", "--bom", "@/bom.json");
        String digest = Digests.sha256(assessed.out().getBytes(UTF_8));
        assertThat(assessed.err()).containsPattern("recorded: leaf \\d+ has the SHA-256 " + digest);
        assertThat(home.read("report.html")).contains(digest, "witness-none");
        assertThat(Blocks.json(home.read("bom.json")).get("components")).hasSizeGreaterThan(100);
    }

    @Test
    void aSeverityThatThereIsNotIsRefused() {
        Command refused = assess("--minimum", "critical");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("expected one of high, medium, low");
        assertThat(List.of(assess().out().split("\n", -1)).getFirst()).startsWith("Assessment of 20");
    }
}
