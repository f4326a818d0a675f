package org.sealkeeper.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ort: Zürich\n", "\ufeffort: Zürich", "ort: Zürich\r\n\r\n", "\n\nort: Zürich"})
    void whatEditorsAddChangesNothing(String yaml) throws IOException {
        assertThat(ConfigFile.read(file(yaml.getBytes(UTF_8))).text("ort")).isEqualTo("Zürich");
    }

    @ParameterizedTest
    @CsvSource({"'a: 1~ort: Z\ufffdrich~', 2", "'\ufffd: 1~', 1", "'a: 1~\ufffd: 1~', 2", "'# \ufffd', 1"})
    void aCharacterThatWasLostIsRefusedWithItsLine(String yaml, int line) throws IOException {
        Path file = file(yaml.replace('~', '\n').getBytes(UTF_8));
        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ":" + line
                        + ": expected UTF-8, found the replacement character U+FFFD in the place of one that was lost");
    }

    @Test
    void anotherEncodingIsNamed() throws IOException {
        Path file = file("ort: Zürich\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ": expected UTF-8, found another encoding");
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("file.yaml"), content);
    }
}
