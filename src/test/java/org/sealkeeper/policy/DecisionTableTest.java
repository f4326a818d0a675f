package org.sealkeeper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of decisions: each row is a request that is allowed, the rule that allows it, and changes of single words, each of which
 * must flip the decision, with the rule that then denies. So every decision stands beside its mutation.
 */
class DecisionTableTest {
    private static final Path TABLE = Path.of("src/test/resources/policy/decisions.txt");
    private static final Policy POLICY = PolicyText.policy(PolicyText.HOSPITAL);

    /** A request that is allowed, and a mutation of it that is not. */
    private record Row(String request, String grant, String mutant, String rule) {
        @Override
        public String toString() {
            return request + "  |  " + mutant;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aDecisionFlipsWithItsMutation(Row row) {
        assertThat(POLICY.decide(Asked.request(row.request))).isEqualTo(new Verdict(true, row.grant));
        assertThat(POLICY.decide(Asked.request(row.mutant))).isEqualTo(new Verdict(false, row.rule));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anExplanationComesToTheSameVerdict(Row row) {
        for (String line : List.of(row.request, row.mutant)) {
            PolicyRequest request = Asked.request(line);
            Explanation explanation = POLICY.explain(request);
            assertThat(explanation.verdict()).isEqualTo(POLICY.decide(request));
            assertThat(explanation.rules().stream().filter(rule -> rule.match() == Match.MATCHES))
                    .as("what matches without deciding comes after what decides")
                    .allSatisfy(rule -> assertThat(explanation.verdict().rule()).isNotEqualTo(Verdict.DEFAULT_DENY));
        }
    }

    @Test
    void theTableHasAtLeastAHundredAndFiftyDecisions() throws IOException {
        assertThat(rows().flatMap(row -> Stream.of(row.request, row.mutant)).distinct())
                .hasSizeGreaterThanOrEqualTo(150);
    }

    /** Every request of the table, allowed or not. */
    static List<PolicyRequest> requests() throws IOException {
        return rows().flatMap(row -> Stream.of(row.request, row.mutant))
                .distinct()
                .map(Asked::request)
                .toList();
    }

    static Stream<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String request = "";
        String grant = "";
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("+ ")) {
                String[] parts = line.substring(2).split(" -> ", -1);
                request = parts[0];
                grant = parts[1];
            } else if (line.startsWith("- ")) {
                String[] parts = line.substring(2).split(" -> ", -1);
                rows.add(new Row(request, grant, mutate(request, parts[0].strip()), parts[1].strip()));
            }
        }
        return rows.stream();
    }

    /** Replaces or adds words {@code name=value}; {@code name=} takes the word away. */
    private static String mutate(String request, String changes) {
        String mutant = request;
        for (String change : changes.split(" +", -1)) {
            String name = change.substring(0, change.indexOf('=') + 1);
            String without = (" " + mutant)
                    .replaceFirst(" " + Pattern.quote(name) + "\\S*", "")
                    .strip();
            mutant = change.equals(name) ? without : without + " " + change;
        }
        return mutant;
    }
}
