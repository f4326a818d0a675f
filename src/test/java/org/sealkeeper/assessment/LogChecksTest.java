package org.sealkeeper.assessment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sealkeeper.assessment.EmergencyChecks.Emergency;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.RollbackProtection;
import org.sealkeeper.config.ConfigurationFault;

/** Of the log, and of what it tells of backups and emergencies. */
class LogChecksTest {
    private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");

    @Test
    void aRunningApplianceSignsACheckpointWithinAMinuteOfEachLeaf() {
        assertThat(watched(status(0, minutes(1), Optional.empty()), true))
                .containsExactly("checkpoint-age the audit log: right");
        assertThat(watched(status(0, minutes(1).map(time -> time.minusMillis(1)), Optional.empty()), true))
                .containsExactly("checkpoint-age the audit log: high");
        assertThat(watched(status(0, minutes(10_000), Optional.empty()), false))
                .containsExactly("checkpoint-age the audit log: right");
    }

    @Test
    void aWitnessCosignsWithinAnHour() {
        assertThat(watched(status(1, Optional.empty(), minutes(60)), true))
                .contains("witness-age the audit log: right");
        assertThat(watched(status(1, Optional.empty(), minutes(61)), true))
                .contains("witness-age the audit log: medium");
        assertThat(watched(status(1, Optional.empty(), minutes(24 * 60)), true))
                .contains("witness-age the audit log: medium");
        assertThat(watched(status(1, Optional.empty(), minutes(24 * 60 + 1)), true))
                .contains("witness-age the audit log: high");
    }

    @Test
    void moreThanOneWitnessIsAsked() {
        assertThat(always(status(0, Optional.empty(), Optional.empty())))
                .contains("witness-none the audit log: medium");
        assertThat(always(status(1, Optional.empty(), Optional.empty()))).contains("witness-none the audit log: low");
        assertThat(always(status(2, Optional.empty(), Optional.empty()))).contains("witness-none the audit log: right");
    }

    @Test
    void theTokenIsToRememberEveryGroup() {
        assertThat(always(status(2, Optional.empty(), Optional.empty())))
                .contains("rollback-protection the audit log: right");
        assertThat(always(withWindow(10))).contains("rollback-protection the audit log: low");
        assertThat(always(withWindow(11))).contains("rollback-protection the audit log: medium");
    }

    @Test
    void emergenciesWithoutAReviewArePointedAtAndGraveOnceOverdue() {
        var reviewed = new Emergency(3, NOW, true, false);
        var open = new Emergency(7, NOW, false, false);
        var overdue = new Emergency(9, NOW, false, true);
        assertThat(Judged.by(EmergencyChecks.EMERGENCIES, List.of(reviewed), NOW))
                .containsExactly("emergency-review emergencies: right");
        assertThat(Judged.by(EmergencyChecks.EMERGENCIES, List.of(reviewed, open), NOW))
                .containsExactly("emergency-review emergencies: low");
        assertThat(Judged.by(EmergencyChecks.EMERGENCIES, List.of(reviewed, open, overdue), NOW))
                .containsExactly("emergency-review emergencies: high");
        assertThat(EmergencyChecks.EMERGENCIES.getFirst().findings(List.of(reviewed, open, overdue), NOW))
                .extracting(Finding::outcome)
                .asString()
                .contains("2 without a review, the first at leaf 7; 3 within six years");
    }

    @Test
    void theCatalogueIsExportedAfterEachChangeOfKeys() {
        assertThat(catalogue(Optional.empty(), Optional.empty())).endsWith(": right");
        assertThat(catalogue(Optional.empty(), Optional.of(NOW))).endsWith(": medium");
        assertThat(catalogue(Optional.of(NOW.minusMillis(1)), Optional.of(NOW))).endsWith(": medium");
        assertThat(catalogue(Optional.of(NOW), Optional.of(NOW))).endsWith(": right");
    }

    @Test
    void aLeafIsReadByItsOwnMembersWhateverItsTextsSay() {
        var entry =
                "{\"authentication\":\"token\",\"claims\":\"{\\\",\\\"rule\\\":\\\"x\\\"}\",\"operation\":\"assess-appliance\","
                        + "\"rule\":\"grants/a\",\"time\":\"2027-05-01T00:00:00.000Z\",\"v\":1}";
        assertThat(LeafSummary.of(3, entry.getBytes(UTF_8)))
                .isEqualTo(new LeafSummary(
                        Instant.parse("2027-05-01T00:00:00Z"),
                        Optional.of(Operation.ASSESS_APPLIANCE),
                        Optional.of("grants/a")));
        assertThatThrownBy(() -> LeafSummary.of(3, "{\"v\":1}".getBytes(UTF_8)))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("leaf 3: expected a leaf with its time");
    }

    private static String catalogue(Optional<Instant> exported, Optional<Instant> changed) {
        var log = new LogFacts(Optional.empty(), Map.of(), exported, changed, Optional.empty(), Optional.empty());
        return Judged.by(BackupChecks.LOG, log, NOW).getFirst();
    }

    private static List<String> watched(LogStatus log, boolean isRunning) {
        return Judged.by(LogChecks.WATCHED, new LogChecks.Watched(log, isRunning), NOW);
    }

    private static List<String> always(LogStatus log) {
        return Judged.by(LogChecks.ALWAYS, log, NOW);
    }

    private static LogStatus status(int witnesses, Optional<Instant> lacks, Optional<Instant> notCosigned) {
        return new LogStatus(9, 8, lacks, witnesses, 7, notCosigned, RollbackProtection.EVERY_GROUP);
    }

    private static LogStatus withWindow(long seconds) {
        var protection = new RollbackProtection(Optional.of(Duration.ofSeconds(seconds)), Duration.ofSeconds(15));
        return new LogStatus(9, 9, Optional.empty(), 2, 9, Optional.empty(), protection);
    }

    private static Optional<Instant> minutes(long ago) {
        return Optional.of(NOW.minus(Duration.ofMinutes(ago)));
    }
}
