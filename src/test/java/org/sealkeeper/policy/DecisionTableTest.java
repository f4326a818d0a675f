package org.sealkeeper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.testing.DecisionTable;
import org.sealkeeper.testing.DecisionTable.Row;

/** The decisions of one policy that has one of everything, each beside its mutation. */
class DecisionTableTest {
    private static final Path TABLE = Path.of("src/test/resources/policy/decisions.txt");
    private static final Policy POLICY = PolicyText.policy(PolicyText.HOSPITAL);

    @ParameterizedTest
    @MethodSource("rows")
    void aDecisionFlipsWithItsMutation(Row row) {
        assertThat(POLICY.decide(Asked.request(row.request()))).isEqualTo(new Verdict(true, row.grant()));
        assertThat(POLICY.decide(Asked.request(row.mutant()))).isEqualTo(new Verdict(false, row.rule()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anExplanationComesToTheSameVerdict(Row row) {
        for (String line : List.of(row.request(), row.mutant())) {
            PolicyRequest request = Asked.request(line);
            Explanation explanation = POLICY.explain(request);
            assertThat(explanation.verdict()).isEqualTo(POLICY.decide(request));
            assertThat(explanation.rules().stream().filter(rule -> rule.match() == Match.MATCHES))
                    .as("what matches without deciding comes after what decides")
                    .allSatisfy(rule -> assertThat(explanation.verdict().rule()).isNotEqualTo(Verdict.DEFAULT_DENY));
        }
    }

    @Test
    void theTableHasAtLeastAHundredAndFiftyDecisions() {
        assertThat(rows().stream()
                        .flatMap(row -> Stream.of(row.request(), row.mutant()))
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(150);
    }

    /** Every request of the table, allowed or not. */
    static List<PolicyRequest> requests() {
        return rows().stream()
                .flatMap(row -> Stream.of(row.request(), row.mutant()))
                .distinct()
                .map(Asked::request)
                .toList();
    }

    static List<Row> rows() {
        return DecisionTable.read(TABLE);
    }
}
