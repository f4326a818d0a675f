package org.sealkeeper.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sealkeeper.assessment.ApplianceChecks.Life;
import org.sealkeeper.assessment.RuntimeChecks.Clock;
import org.sealkeeper.assessment.RuntimeChecks.Jdk;

/** Of the appliance as a whole, and of what it runs on. */
class ApplianceChecksTest {
    private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");

    @Test
    void anApplianceIsWellOrWasStopped() {
        Optional<Instant> earlier = Optional.of(NOW.minusMillis(1));
        assertThat(life(Optional.of(List.of()), earlier, Optional.empty())).endsWith(": right");
        assertThat(life(Optional.of(List.of("token")), earlier, Optional.empty()))
                .endsWith(": high");
        assertThat(life(Optional.empty(), Optional.empty(), Optional.empty())).endsWith(": right");
        assertThat(life(Optional.empty(), earlier, Optional.of(NOW))).endsWith(": right");
        assertThat(life(Optional.empty(), Optional.of(NOW), earlier)).endsWith(": high");
        assertThat(life(Optional.empty(), Optional.of(NOW), Optional.empty())).endsWith(": high");
    }

    private static String life(Optional<List<String>> health, Optional<Instant> started, Optional<Instant> stopped) {
        var log = new LogFacts(Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), started, stopped);
        return Judged.by(ApplianceChecks.LIFE, new Life(health, log), NOW).getFirst();
    }

    @Test
    void oneTokenOneOperatorOrNoAlarmIsLessThanThereShouldBe() {
        assertThat(Judged.by(TokenChecks.KINDS, List.of("Thales Luna 7"), NOW))
                .containsExactly("token-alone tokens: low", "token-software Thales Luna 7: right");
        assertThat(Judged.by(TokenChecks.KINDS, List.of("SoftHSM 2", "Kryoptic"), NOW))
                .containsExactly(
                        "token-alone tokens: right",
                        "token-software SoftHSM 2: medium",
                        "token-software Kryoptic: medium");
        assertThat(Judged.by(ApplianceChecks.OFFICERS, 0, NOW)).containsExactly("officers-none officers: medium");
        assertThat(Judged.by(ApplianceChecks.OFFICERS, 3, NOW)).containsExactly("officers-none officers: right");
        assertThat(Judged.by(ApplianceChecks.ALERTS, false, NOW)).containsExactly("alerts-none alerts: low");
        assertThat(Judged.by(ApplianceChecks.ALERTS, true, NOW)).containsExactly("alerts-none alerts: right");
    }

    @Test
    void aJdkIsOfTheLastQuarter() {
        LocalDate today = LocalDate.of(2027, 6, 1);
        assertThat(jdk(today.minusDays(100))).endsWith(": right");
        assertThat(jdk(today.minusDays(101))).endsWith(": low");
        assertThat(jdk(today.minusDays(365))).endsWith(": low");
        assertThat(jdk(today.minusDays(366))).endsWith(": medium");
    }

    private static String jdk(LocalDate released) {
        return Judged.by(RuntimeChecks.JDK, new Jdk("25", released), NOW).getFirst();
    }

    @Test
    void aClockIsKeptInTime() {
        assertThat(Judged.by(RuntimeChecks.CLOCK, Clock.SYNCHRONISED, NOW))
                .containsExactly("clock-synchronised clock: right");
        assertThat(Judged.by(RuntimeChecks.CLOCK, Clock.NOT_SYNCHRONISED, NOW))
                .containsExactly("clock-synchronised clock: medium");
        assertThat(Judged.by(RuntimeChecks.CLOCK, Clock.UNTOLD, NOW))
                .containsExactly("clock-synchronised clock: out of sight");
    }
}
