package org.sealkeeper.keys.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.KeyPurpose;

/** The schema for editors knows exactly what {@code keys.yaml} knows. */
class KeysSchemaTest {
    private static final String KNOWN_HERE = "known here: ";

    @TempDir
    private Path folder;

    /** An unknown field in one place; the complaint about it lists the fields that are known there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /properties                        | keys: []; keyEncryptionKeys: []; unknown: 1
            /$defs/key/properties              | keys: [{alias: a, purpose: block-signing, algorithm: ES256, unknown: 1}]; keyEncryptionKeys: []
            /$defs/recipient/properties        | keys: []; keyEncryptionKeys: []; recipients: [{name: a, certificate: a.pem, unknown: 1}]
            /$defs/keyEncryptionKey/properties | keys: []; keyEncryptionKeys: [{alias: a, unknown: 1}]
            """)
    void everyFieldOfTheFileIsInTheSchemaAndNoOther(String pointer, String keys) throws IOException {
        Path file = folder.resolve("keys.yaml");
        Files.writeString(file, keys.replace("; ", "\n") + "\n");
        String complaint =
                String.valueOf(catchThrowable(() -> KeysFile.read(file)).getMessage());
        Set<String> known = Set.of(complaint
                .substring(complaint.indexOf(KNOWN_HERE) + KNOWN_HERE.length())
                .split(", ", -1));
        Set<String> fields = new TreeSet<>();
        schema().at(pointer).fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isEqualTo(new TreeSet<>(known));
    }

    @Test
    void everyPurposeAndAlgorithmIsInTheSchema() throws IOException {
        assertThat(texts("/$defs/key/properties/purpose/enum"))
                .containsExactlyInAnyOrderElementsOf(KeyPurpose.byText().keySet());
        assertThat(texts("/$defs/key/properties/algorithm/enum"))
                .containsExactly(List.of(SigningAlgorithm.values()).stream()
                        .map(SigningAlgorithm::joseName)
                        .toArray(String[]::new));
    }

    private static List<String> texts(String pointer) throws IOException {
        return schema().at(pointer).valueStream().map(JsonNode::asText).toList();
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper().readTree(Path.of("docs/keys.schema.json").toFile());
    }
}
