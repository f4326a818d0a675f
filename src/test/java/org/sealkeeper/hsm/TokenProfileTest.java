package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.config.ConfigurationFault;

class TokenProfileTest {
    private static final Path SOFTHSM = Path.of("hsm-config/softhsm2/profile.yaml");

    @TempDir
    private Path folder;

    static Stream<Path> profilesOfThisRepository() throws IOException {
        try (Stream<Path> kinds = Files.list(Path.of("hsm-config"))) {
            return kinds.filter(Files::isDirectory).map(kind -> kind.resolve("profile.yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("profilesOfThisRepository")
    void everyProfileOfThisRepositoryCanBeRead(Path file) {
        TokenProfile profile = TokenProfile.read(file);
        assertThat(profile.modules()).isNotEmpty();
        assertThat(profile.algorithms()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            poolSize: 4           | poolSize: 0          | expected an integer from 1 to 256, found '0'
            queueLength: 4096     | queueLength: many    | expected an integer from 1 to 100000, found 'many'
            sessions: read-only   | sessions: none       | expected one of read-only, read-write, found 'none'
            ES384,                | ES512,               | expected one of ES256, ES384, PS256, EdDSA, found 'ES512'
            recipientAlgorithm: RSA-OAEP | recipientAlgorithm: RSA1_5 | expected one of RSA-OAEP, RSA-OAEP-256, found 'RSA1_5'
            newTokens: pkcs11     | newToken: pkcs11     | expected the field 'newTokens', found none
            """)
    void whatIsWrongIsNamedWithItsLine(String right, String wrong, String message) throws IOException {
        Path file = folder.resolve("profile.yaml");
        Files.writeString(file, Files.readString(SOFTHSM).replace(right, wrong));
        assertThatThrownBy(() -> TokenProfile.read(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageStartingWith(file + ":")
                .hasMessageEndingWith(message);
    }

    @Test
    void aProfileWithoutAlgorithmsIsRefused() throws IOException {
        Path file = folder.resolve("profile.yaml");
        Files.writeString(file, Files.readString(SOFTHSM).replaceAll("algorithms: .*", "algorithms: []"));
        assertThatThrownBy(() -> TokenProfile.read(file))
                .hasMessageEndingWith("expected at least one of ES256, ES384, PS256, EdDSA, found none");
    }
}
