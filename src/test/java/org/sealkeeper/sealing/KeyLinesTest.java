package org.sealkeeper.sealing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLinesTest {
    private static final String FIRST = "{\"wrapped\":\"one\",\"context\":{\"ort\":\"Zürich\"}}";
    private static final String SECOND = "{\"wrapped\":\"two\",\"context\":{}}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                FIRST + "\n" + SECOND + "\n",
                FIRST + "\n" + SECOND,
                "\ufeff" + FIRST + "\n" + SECOND + "\n",
                FIRST + "\r\n" + SECOND + "\r\n",
                FIRST + "\n" + SECOND + "\n\n \t\n\r\n"
            })
    void whatEditorsAddIsNoLine(String text) throws IOException {
        assertThat(read(text.getBytes(UTF_8)))
                .extracting(line -> line.path("wrapped").asText())
                .containsExactly("one", "two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FIRST + "\n\n" + SECOND,
                FIRST + "\nwrapped: two\n",
                FIRST + "\n[]\n",
                FIRST + "\n\ufeff" + SECOND
            })
    void aLineOfAnotherFormIsNamed(String text) {
        assertThatThrownBy(() -> read(text.getBytes(UTF_8)))
                .isInstanceOf(MalformedFile.class)
                .hasMessageStartingWith(folder.resolve("keys.ndjson") + ": line 2: expected a JSON object");
    }

    @Test
    void anotherEncodingIsNamed() {
        assertThatThrownBy(() -> read(FIRST.getBytes(ISO_8859_1)))
                .isInstanceOf(MalformedFile.class)
                .hasMessage(folder.resolve("keys.ndjson") + ": line 1: expected UTF-8");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> new KeyLines(folder.resolve("missing")).close())
                .isInstanceOf(MalformedFile.class)
                .hasMessage(folder.resolve("missing") + ": expected a file here, found none");
    }

    private List<ObjectNode> read(byte[] file) throws IOException {
        try (var lines = new KeyLines(Files.write(folder.resolve("keys.ndjson"), file))) {
            return lines.batch();
        }
    }
}
