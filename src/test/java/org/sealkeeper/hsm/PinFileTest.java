package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.config.ConfigurationFault;

class PinFileTest {
    @TempDir
    private Path folder;

    @Test
    void aPinIsReadWithoutItsLineEnd() throws IOException {
        try (PinFile pin = PinFile.open(file("12 34\u00e4\n".getBytes(UTF_8), "rw-------"))) {
            assertThat(pin.chars()).containsExactly('1', '2', ' ', '3', '4', '\u00e4');
        }
    }

    @Test
    void aClosedPinIsWiped() throws IOException {
        PinFile pin = PinFile.open(file("1234".getBytes(UTF_8), "r--------"));
        char[] chars = pin.chars();
        pin.close();
        assertThat(chars).containsOnly('\0');
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-", "rw---x---", "rw------x"})
    void aFileThatAnyoneElseMayTouchIsRefused(String permissions) throws IOException {
        Path file = file("1234".getBytes(UTF_8), permissions);
        assertThatThrownBy(() -> PinFile.open(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ": expected a PIN file only its owner may read (rw-------), found " + permissions
                        + "; run: chmod 600 " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void anEmptyFileIsRefused(String content) throws IOException {
        Path file = file(content.getBytes(UTF_8), "rw-------");
        assertThatThrownBy(() -> PinFile.open(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ": expected a PIN of 1 to 256 bytes, found none");
    }

    @Test
    void aFileTooLongForAPinIsRefused() throws IOException {
        Path file = file("x".repeat(257).getBytes(UTF_8), "rw-------");
        assertThatThrownBy(() -> PinFile.open(file)).hasMessageContaining("found more");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = file(new byte[] {'1', (byte) 0xff}, "rw-------");
        assertThatThrownBy(() -> PinFile.open(file)).hasMessage(file + ": expected a PIN in UTF-8");
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("no.pin");
        assertThatThrownBy(() -> PinFile.open(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ": expected a PIN file here, found none");
    }

    private Path file(byte[] content, String permissions) throws IOException {
        Path file = Files.write(folder.resolve("user.pin"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
