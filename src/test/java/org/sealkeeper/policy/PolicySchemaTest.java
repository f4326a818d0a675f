package org.sealkeeper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema for editors knows exactly what the appliance knows. */
class PolicySchemaTest {
    private static final String KNOWN_HERE = "known here: ";

    /** A policy with an unknown field in one place; the complaint about it lists the fields that are known there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /properties                     | roles: {}; grants: []; denials: []; unknown: 1
            /$defs/caller/properties        | roles: {r: [{certificate: x, unknown: 1}]}; grants: []; denials: []
            /properties/emergency/properties | roles: {}; emergency: {windowMinutes: 1, unknown: 1}; grants: []; denials: []
            /$defs/multiFactor/properties   | roles: {}; multiFactor: {amr: [], acr: [], unknown: 1}; grants: []; denials: []
            /$defs/grant/properties         | roles: {r: []}; grants: [{name: n, roles: [r], operations: [read-keys], unknown: 1}]; denials: []
            /$defs/denial/properties        | roles: {r: []}; grants: []; denials: [{name: n, roles: [r], operations: [read-keys], unknown: 1}]
            """)
    void everyFieldOfTheFileIsInTheSchemaAndNoOther(String pointer, String policy) throws IOException {
        String complaint = PolicyText.mistakes(policy.replace("; ", "\n"), KnownNames.ANY).stream()
                .filter(mistake -> mistake.contains(KNOWN_HERE))
                .collect(Collectors.joining());
        Set<String> known = new TreeSet<>(List.of(complaint
                .substring(complaint.indexOf(KNOWN_HERE) + KNOWN_HERE.length())
                .split(", ", -1)));
        Set<String> fields = new TreeSet<>();
        schema().at(pointer).fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isEqualTo(known);
    }

    @Test
    void everyOperationIsInTheSchema() throws IOException {
        assertThat(StreamSupport.stream(schema().at("/$defs/operation/enum").spliterator(), false)
                        .map(JsonNode::asText))
                .containsExactlyElementsOf(Arrays.stream(PolicyOperation.values())
                        .map(PolicyOperation::text)
                        .toList());
    }

    @Test
    void theSchemaRequiresWhatTheFileMustHave() throws IOException {
        assertThat(required("/required")).containsExactly("denials", "grants", "roles");
        assertThat(required("/$defs/grant/required")).containsExactly("name", "operations", "roles");
        assertThat(PolicyText.mistakes("{}", KnownNames.ANY)).hasSize(3);
        assertThat(PolicyText.mistakes("{roles: {}, grants: [{}], denials: []}", KnownNames.ANY))
                .hasSize(3);
    }

    private static List<String> required(String pointer) throws IOException {
        Stream<JsonNode> names = StreamSupport.stream(schema().at(pointer).spliterator(), false);
        return names.map(JsonNode::asText).sorted(Comparator.naturalOrder()).toList();
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper().readTree(Path.of("docs/policy.schema.json").toFile());
    }
}
