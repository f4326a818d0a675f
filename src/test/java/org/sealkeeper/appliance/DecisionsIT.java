package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.DecisionTable;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.RequestWords;

/** The decisions of one policy at all doors, each beside its mutation: what was answered, and the rule that is on record. */
class DecisionsIT {
    private static final Path RESOURCES = Path.of("src/test/resources/policy");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MORE_KEYS = "  - {alias: trial-data}\n  - {alias: research-data}\n";

    @TempDir
    Path folder;

    /** What a request must come to. */
    private record Expected(boolean isAllowed, String rule) {}

    /** What was asked under which request id. */
    private record Asked(String id, String line, RequestWords words, Expected expected) {}

    @Test
    void everyDecisionFlipsWithItsMutationAndItsRuleIsOnRecord() throws Exception {
        List<Asked> table = table();
        assertThat(table).hasSizeGreaterThanOrEqualTo(150);
        Home home = provision();
        try (var appliance = ApplianceProcess.start(home);
                var doors = new Doors(home)) {
            assertSoftly(softly -> table.forEach(row -> expectAnswer(softly, row, doors.ask(row.words(), row.id()))));

            List<JsonNode> all = leaves(doors, table.size());
            Map<String, List<JsonNode>> leaves = all.stream()
                    .filter(leaf -> leaf.has("requestId"))
                    .collect(Collectors.groupingBy(leaf -> leaf.get("requestId").asText()));
            assertSoftly(softly ->
                    table.forEach(row -> expectLeaves(softly, row, leaves.getOrDefault(row.id(), counted(row, all)))));
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
    }

    private static List<Asked> table() {
        Map<String, Expected> expected = new LinkedHashMap<>();
        for (DecisionTable.Row row : DecisionTable.read(RESOURCES.resolve("http-decisions.txt"))) {
            expected.put(row.request(), new Expected(true, row.grant()));
            expected.put(row.mutant(), new Expected(false, row.rule()));
        }
        List<Asked> table = new ArrayList<>();
        expected.forEach((line, verdict) ->
                table.add(new Asked("decision-" + table.size(), line, RequestWords.parse(line), verdict)));
        return table;
    }

    /** A window is open, so that a caller that may re-wrap can. */
    private Home provision() throws Exception {
        Home home = Home.provision(folder);
        home.write("policy.yaml", Files.readString(RESOURCES.resolve("http-policy.yaml")));
        Doors.declareIssuers(home);
        home.write("keys.yaml", home.read("keys.yaml") + MORE_KEYS);
        home.configured("keys", "apply", "-f", "@/keys.yaml").succeeded();
        home.configured("keys", "rotate", "--alias", "patient-data").succeeded();
        String[] open = {"rewrap-window", "open", "--alias", "patient-data", "--from", "1", "--to", "2"};
        home.asOfficer(open).succeeded();
        home.enroll("lab-a", "clinician-a");
        return home;
    }

    private static void expectAnswer(SoftAssertions softly, Asked row, HttpResponse<String> answer) {
        String what = row.line() + ": " + answer.statusCode() + " " + answer.body();
        if (row.expected().isAllowed()) {
            softly.assertThat(answer.statusCode()).as(what).isIn(200, 201);
        } else {
            softly.assertThat(answer.statusCode()).as(what).isEqualTo(403);
            softly.assertThat(answer.body()).contains("urn:sealkeeper:problem:forbidden");
        }
    }

    /** All leaves, from one reading of the whole log, once every request of the table is on record. */
    private static List<JsonNode> leaves(Doors doors, int requests) {
        return FetchedLog.having(doors.caller("auditor"), PATIENCE, leaves -> recorded(leaves) == requests)
                .leaves();
    }

    /** How many requests of the table there are leaves of: by their ids, or counted as a caller's twenty-first refusal in a minute is. */
    private static long recorded(List<JsonNode> leaves) {
        long single = leaves.stream()
                .map(leaf -> leaf.path("requestId").asText())
                .filter(id -> id.startsWith("decision-"))
                .distinct()
                .count();
        return single
                + leaves.stream()
                        .filter(DecisionsIT::isCounted)
                        .mapToLong(leaf -> leaf.get("count").asLong())
                        .sum();
    }

    private static boolean isCounted(JsonNode leaf) {
        return leaf.has("count") && leaf.path("reason").asText().equals("forbidden");
    }

    /** The leaf that counts refusals such as this row's, where it has no leaf of its own. */
    private static List<JsonNode> counted(Asked row, List<JsonNode> leaves) {
        return leaves.stream()
                .filter(DecisionsIT::isCounted)
                .filter(leaf ->
                        leaf.get("operation").asText().equals(row.words().get("op")))
                .filter(leaf -> leaf.get("rule").asText().equals(row.expected().rule()))
                .limit(1)
                .toList();
    }

    private static void expectLeaves(SoftAssertions softly, Asked row, List<JsonNode> leaves) {
        softly.assertThat(leaves).as(row.line()).isNotEmpty().allSatisfy(leaf -> {
            assertThat(leaf.get("decision").asText()).isEqualTo(row.expected().isAllowed() ? "allowed" : "denied");
            assertThat(leaf.get("rule").asText()).isEqualTo(row.expected().rule());
            assertThat(leaf.has("policy")).isTrue();
        });
        softly.assertThat(leaves)
                .as(row.line())
                .extracting(leaf -> leaf.get("operation").asText())
                .contains(row.words().get("op"));
    }
}
