package org.sealkeeper.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.store.StoreFault;

class ExaminationTest {
    private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");

    private final Examination examination = new Examination(NOW);

    @Test
    void whatCannotBeSeenIsAFindingOfEachCheckThatCountsLikeTheGravest() {
        examination.judge("tokens", this::unreadable, TokenChecks.KINDS);
        examination.judge(
                "alerts",
                () -> {
                    throw new StoreFault("the store is locked", null);
                },
                ApplianceChecks.ALERTS);
        Report report = examination.report("sealkeeper", List.of());
        assertThat(report.findings())
                .extracting(Finding::id)
                .containsExactly("alerts-none", "token-alone", "token-software");
        assertThat(report.findings().getFirst().outcome()).isEqualTo(new Outcome.Unchecked("the store is locked"));
        assertThat(report.unchecked()).isEqualTo(3);
        assertThat(report.isGood(Severity.HIGH)).isFalse();
    }

    private List<String> unreadable() {
        throw new ConfigurationFault("profile.yaml:3: expected a kind");
    }

    @Test
    void theGravestComesFirstAndWhatIsRightLast() {
        OutOfReach.FINDINGS.subList(0, 1).forEach(examination::say);
        examination.judge("alerts", () -> true, ApplianceChecks.ALERTS);
        examination.judge("alerts", () -> false, ApplianceChecks.ALERTS);
        examination.judge("officers", () -> 0, ApplianceChecks.OFFICERS);
        examination.judge("PIN", () -> new PinShape(true), PinChecks.PIN);
        examination.judge("tokens", this::unreadable, TokenChecks.KINDS.subList(0, 1));
        Report report = examination.report("sealkeeper", List.of("b 2", "a 1"));
        assertThat(report.findings())
                .extracting(Finding::id)
                .containsExactly(
                        "pin-strength",
                        "token-alone",
                        "officers-none",
                        "alerts-none",
                        "client-certificates",
                        "alerts-none");
        assertThat(report.components()).containsExactly("a 1", "b 2");
    }

    @Test
    void onlyWhatReachesTheMinimumCounts() {
        examination.judge("officers", () -> 0, ApplianceChecks.OFFICERS);
        OutOfReach.FINDINGS.forEach(examination::say);
        Report report = examination.report("sealkeeper", List.of());
        assertThat(report.isGood(Severity.HIGH)).isTrue();
        assertThat(report.isGood(Severity.MEDIUM)).isFalse();
        assertThat(report.isGood(Severity.LOW)).isFalse();
        assertThat(new Examination(NOW).report("sealkeeper", List.of()).isGood(Severity.LOW))
                .isTrue();
    }
}
