package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.JavaProcess;

/** The scripts that start us, in the locale that users and service managers happen to have. */
class LauncherIT {
    private static final String POLICY = """
            roles: {zurich: [{certificate: "CN=Zürich"}]}
            grants: [{name: zurich, roles: [zurich], operations: [read-keys]}]
            denials: []
            separationExceptions: []
            """;

    @TempDir
    private Path folder;

    private Path home;

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
