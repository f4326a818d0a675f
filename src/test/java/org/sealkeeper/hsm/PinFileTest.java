package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFault;
import org.sealkeeper.config.SecretFile;

class PinFileTest {
    @TempDir
    private Path folder;

    @Test
    void aPinIsReadWithoutItsLineEnd() throws IOException {
        try (SecretFile pin = PinFile.open(file("12 34\u00e4\n".getBytes(UTF_8), "rw-------"))) {
            assertThat(pin.chars()).containsExactly('1', '2', ' ', '3', '4', '\u00e4');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234", "1234\n", "1234\r\n"})
    void oneLineEndIsNotPartOfThePin(String content) throws IOException {
        try (SecretFile pin = PinFile.open(file(content.getBytes(UTF_8), "rw-------"))) {
            assertThat(pin.chars()).containsExactly('1', '2', '3', '4');
        }
    }

    @ParameterizedTest
    @CsvSource({
        "313233340a0a, a control character: byte 5 is 0x0a",
        "313233340d0a0d0a, a control character: byte 5 is 0x0d",
        "313233340d, a control character: byte 5 is 0x0d",
        "0a31323334, a control character: byte 1 is 0x0a",
        "3132093334, a control character: byte 3 is 0x09",
        "3132003334, a control character: byte 3 is 0x00",
        "313233347f, a control character: byte 5 is 0x7f",
        "3132333420, a blank: byte 5 is 0x20",
        "31323334200a, a blank: byte 5 is 0x20",
        "203132333420, a blank: byte 1 is 0x20",
        "efbbbf31323334, the first of a byte order mark: byte 1 is 0xef",
        "fffe31003200, another encoding: byte 1 is 0xff",
        "3132fc3334, another encoding: byte 3 is 0xfc"
    })
    void whatCannotBeMeantIsRefusedByItsByte(String content, String found) throws IOException {
        Path file = file(HexFormat.of().parseHex(content), "rw-------");
        assertThatThrownBy(() -> PinFile.open(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ": expected a PIN in UTF-8 and at most one line end behind it, found " + found
                        + "; correct the file; no login was tried");
    }

    @Test
    void aClosedPinIsWiped() throws IOException {
        SecretFile pin = PinFile.open(file("1234".getBytes(UTF_8), "r--------"));
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
    void aMissingFileIsNamed() {
        Path file = folder.resolve("no.pin");
        assertThatThrownBy(() -> PinFile.open(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ": expected a PIN file here, found none");
    }

    /** Nothing is mapped at the beginning of a process: to read there fails as a broken disk does. */
    @Test
    void aDiskThatFailsSaysNothingAboutThePin() {
        Path file = Path.of("/proc/self/mem");
        assertThatThrownBy(() -> PinFile.open(file))
                .isInstanceOf(FileFault.class)
                .hasMessageStartingWith(file + ": cannot be read: Input/output error; ");
    }

    private Path file(byte[] content, String permissions) throws IOException {
        Path file = Files.write(folder.resolve("user.pin"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
