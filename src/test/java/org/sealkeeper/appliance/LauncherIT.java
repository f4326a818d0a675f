package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.JavaProcess;
import org.sealkeeper.testing.Launchers;

/** The scripts that start us, in the locale that users and service managers happen to have. */
class LauncherIT {
    private static final String POLICY = """
            roles: {zurich: [{certificate: "CN=Zürich"}]}
            grants: [{name: zurich, roles: [zurich], operations: [read-keys]}]
            denials: []
            separationExceptions: []
            ...
            """;

    @TempDir
    private Path folder;

    private Path home;

    /** Else the first start would make them, and say so. */
    @BeforeAll
    static void train() {
        Launchers.requireCaches();
    }

    @BeforeEach
    void write() throws Exception {
        home = Files.createDirectory(folder.resolve("Zürich"));
        Files.writeString(home.resolve("policy.yaml"), POLICY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX"})
    void aCommandIsGivenItsWordsAndPathsWhateverTheLocale(String locale) {
        Command zurich = script(locale, "sealkeeper", explain("CN=Zürich"));
        assertThat(zurich.err()).isEmpty();
        assertThat(zurich.out()).startsWith("allowed by grants/zurich");
        assertThat(zurich.exitCode()).isZero();
        Command other = script(locale, "sealkeeper", explain("CN=Zärich"));
        assertThat(other.out()).startsWith("denied by default-deny");
    }

    @Test
    void withoutAScriptWordsInAnotherEncodingAreRefused() {
        JavaProcess.Result refused =
                JavaProcess.run(Map.of("LC_ALL", "C"), "org.sealkeeper.cli.Sealkeeper", List.of(explain("CN=Zürich")));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .startsWith("sealkeeper: expected words in UTF-8")
                .contains("LC_ALL=C.UTF-8");
    }

    @Test
    void theApplianceReadsAHomeWithAnUmlautWhateverTheLocale() throws Exception {
        Files.writeString(home.resolve("appliance.yaml"), "api: {host: Zürich, port: x}\n");
        Command refused =
                script("C", "serve", "--config", home.resolve("appliance.yaml").toString());
        assertThat(refused.err())
                .startsWith("sealkeeper: refused to start: " + home.resolve("appliance.yaml") + ":1: ");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    /** A temporary folder in which nothing can be unpacked stands for one that is mounted noexec. */
    @Test
    void nativeLibrariesAreTakenFromWhereTheyWereInstalled() throws Exception {
        writeAppliance();
        List<String> noTemporaryFolder = List.of("env", "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + folder.resolve("none"));
        String config = home.resolve("appliance.yaml").toString();
        for (String command : List.of("store init", "token init --so-pin-file so.pin", "keys list")) {
            List<String> line = new ArrayList<>(noTemporaryFolder);
            line.add(Path.of("deployment/sealkeeper").toAbsolutePath().toString());
            line.addAll(List.of(command.split(" ")));
            line.addAll(List.of("--config", config));
            run("C", line).succeeded();
        }
    }

    /** Vert.x would make a folder of this name; where another user has it, or anything else, it cannot. */
    @Test
    void theTemporaryFolderIsItsOwnAndNothingIsLeftInTheSharedOne() throws Exception {
        writeAppliance();
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.createFile(shared.resolve("vertx-cache"));
        Command refused = run(
                "C",
                List.of(
                        "env",
                        "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + shared,
                        Path.of("deployment/serve").toAbsolutePath().toString(),
                        "--config",
                        home.resolve("appliance.yaml").toString()));
        assertThat(refused.err())
                .contains("audit.yaml: expected a file here, found none")
                .doesNotContain("\tat ");
        assertThat(refused.exitCode()).isEqualTo(2);
        try (Stream<Path> left = Files.list(shared)) {
            assertThat(left).containsExactly(shared.resolve("vertx-cache"));
        }
    }

    private void writeAppliance() throws IOException {
        Files.createDirectory(home.resolve("tokens"));
        Files.writeString(home.resolve("softhsm2.conf"), "directories.tokendir = " + home.resolve("tokens") + "\n");
        Files.writeString(home.resolve("appliance.yaml"), """
                api: {host: 127.0.0.1, port: 18443}
                management: {host: 127.0.0.1, port: 19000}
                tls: {certificate: pki/server.pem, key: pki/server.key, clientAuthorities: pki/ca.pem, revocations: none}
                limits: {requestsPerSecond: 1, burst: 1, concurrentRequests: 1}
                tokens: [{profile: %s, label: launched, userPin: user.pin}]
                store: store.db
                chains: chains.yaml
                audit: audit.yaml
                policy: policy.yaml
                alerts: {webhook: none}
                issuers: issuers.yaml
                """.formatted(
                        Path.of("hsm-config/softhsm2/profile.yaml").toAbsolutePath()));
        Command.sealkeeper(home, "dev-pki", "--out", "pki").succeeded();
    }

    private String[] explain(String caller) {
        return new String[] {
            "policy",
            "explain",
            "-f",
            home.resolve("policy.yaml").toString(),
            "--caller",
            caller,
            "--operation",
            "read-keys"
        };
    }

    private Command script(String locale, String name, String... arguments) {
        List<String> line = new ArrayList<>(
                List.of(Path.of("deployment", name).toAbsolutePath().toString()));
        line.addAll(Arrays.asList(arguments));
        return run(locale, line);
    }

    private Command run(String locale, List<String> line) {
        List<String> all = new ArrayList<>(List.of("env", "LC_ALL=" + locale));
        all.addAll(line);
        return Command.run(home, all);
    }
}
