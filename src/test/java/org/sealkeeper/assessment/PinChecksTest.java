package org.sealkeeper.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.config.SecretFile;

class PinChecksTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"4917201", "77777777", "23456789", "87654321", "abcdefgh", "ChangeMe", "SealKeeper"})
    void aPinThatIsGuessedIsWeakWhateverMakesItSo(String pin) throws Exception {
        assertThat(Judged.by(PinChecks.PIN, shape(pin), Instant.EPOCH)).containsExactly("pin-strength user PIN: high");
        assertThat(PinChecks.PIN
                        .getFirst()
                        .findings(shape(pin), Instant.EPOCH)
                        .toList()
                        .toString())
                .doesNotContain(pin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"49172018", "77777778", "8hUq-pw2xnbd"})
    void anotherIsNot(String pin) throws Exception {
        assertThat(Judged.by(PinChecks.PIN, shape(pin), Instant.EPOCH)).containsExactly("pin-strength user PIN: right");
    }

    @Test
    void eachTokenHasAPinOfItsOwn() {
        assertThat(Judged.by(PinChecks.PINS, new PinChecks.Pins(2, 2), Instant.EPOCH))
                .containsExactly("pin-shared user PINs: right");
        assertThat(Judged.by(PinChecks.PINS, new PinChecks.Pins(3, 2), Instant.EPOCH))
                .containsExactly("pin-shared user PINs: medium");
    }

    private PinShape shape(String pin) throws Exception {
        Path file = Files.writeString(folder.resolve("pin"), pin + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (SecretFile secret = SecretFile.open(file, SecretFile.Kind.PIN)) {
            return PinShape.of(secret);
        }
    }
}
