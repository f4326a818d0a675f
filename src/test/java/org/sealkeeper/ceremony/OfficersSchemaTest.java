package org.sealkeeper.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.audit.Operation;

/** The schema for editors knows exactly what {@code officers.yaml} knows. */
class OfficersSchemaTest {
    private static final String KNOWN_HERE = "known here: ";

    @TempDir
    private Path folder;

    private String officers;

    @BeforeEach
    void write() throws Exception {
        new TestOfficers(folder).with("alice").with("bob").with("carol").write("none");
        officers = Files.readString(folder.resolve("officers.yaml"));
    }

    /** An unknown field in one place; the complaint about it lists the fields that are known there. */
    @ParameterizedTest
    @CsvSource({
        "/properties,                        revocations:, 'unknown: 1\nrevocations:'",
        "/properties/approvals/properties,   create-key:,  'unknown: 2\n  create-key:'",
    })
    void everyFieldOfTheFileIsInTheSchemaAndNoOther(String pointer, String before, String after) throws IOException {
        String complaint = String.valueOf(catchThrowable(
                        () -> Officers.parse(folder.resolve("officers.yaml"), officers.replaceFirst(before, after)))
                .getMessage());
        Set<String> known = Set.of(complaint
                .substring(complaint.indexOf(KNOWN_HERE) + KNOWN_HERE.length())
                .split(", ", -1));
        Set<String> fields = new TreeSet<>();
        schema().at(pointer).fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isEqualTo(new TreeSet<>(known));
    }

    @Test
    void whatMayBeApprovedIsInTheSchema() throws IOException {
        assertThat(schema().at("/properties/approvals/properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        Officers.APPROVED.stream().map(Operation::text).toList());
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper().readTree(Path.of("docs/officers.schema.json").toFile());
    }
}
