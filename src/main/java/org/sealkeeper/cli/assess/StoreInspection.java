package org.sealkeeper.cli.assess;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.assessment.ApplianceChecks;
import org.sealkeeper.assessment.ApplianceChecks.Life;
import org.sealkeeper.assessment.BackupChecks;
import org.sealkeeper.assessment.EmergencyChecks;
import org.sealkeeper.assessment.EmergencyChecks.Emergency;
import org.sealkeeper.assessment.Examination;
import org.sealkeeper.assessment.KeyChecks;
import org.sealkeeper.assessment.KeyLife;
import org.sealkeeper.assessment.KeyStateChecks;
import org.sealkeeper.assessment.LogChecks;
import org.sealkeeper.assessment.LogFacts;
import org.sealkeeper.assessment.LogReading;
import org.sealkeeper.assessment.LogStatus;
import org.sealkeeper.assessment.PolicyChecks;
import org.sealkeeper.assessment.PolicyUse;
import org.sealkeeper.assessment.RuleChecks;
import org.sealkeeper.assessment.WindowChecks;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.ceremony.CeremonyRecords;
import org.sealkeeper.cli.connection.ManagementPort;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.envelope.emergency.EmergencyReview;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.mirror.Progress;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.store.Store;

/** What the store of an appliance tells: its log, keys, emergencies and officers, and the policy that they are under. */
final class StoreInspection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ApplianceFile appliance;
    private final Supplier<Store> store;
    private final KeysFile declared;
    private final Progress progress;

    StoreInspection(ApplianceFile appliance, Supplier<Store> store, KeysFile declared, Progress progress) {
        this.appliance = appliance;
        this.store = store;
        this.declared = declared;
        this.progress = progress;
    }

    void judgedBy(Examination examination) {
        var facts = new Once<>(this::facts);
        var health = new Once<>(this::health);
        examination.judge("the appliance", () -> new Life(health.get(), facts.get()), ApplianceChecks.LIFE);
        examination.judge("the audit log", this::status, LogChecks.ALWAYS);
        examination.judge(
                "the audit log",
                () -> new LogChecks.Watched(status(), health.get().isPresent()),
                LogChecks.WATCHED);
        examination.judge("the catalogue", facts, BackupChecks.LOG);
        examination.judge("the policy", () -> policy(facts.get()), PolicyChecks.POLICY);
        examination.judge("the policy", () -> policy(facts.get()), RuleChecks.RULES);
        examination.judge("keys", this::keys, KeyChecks.KEYS);
        examination.judge("keys", this::keys, KeyStateChecks.KEYS);
        examination.judge("rewrap windows", () -> new KeyEncryptionKeys(store.get()).windows(), WindowChecks.WINDOWS);
        examination.judge("emergencies", () -> emergencies(examination.now()), EmergencyChecks.EMERGENCIES);
        examination.judge("officers", this::officers, ApplianceChecks.OFFICERS);
    }

    private LogFacts facts() {
        var log = new LogHistory(store.get());
        long size = log.size();
        return LogReading.of(log, index -> progress.at(index, size));
    }

    /** What is not well with the appliance that answers, by name. */
    private Optional<List<String>> health() {
        return new ManagementPort(appliance.management()).health(PATIENCE).map(StoreInspection::unwell);
    }

    private static List<String> unwell(JsonNode health) {
        List<String> unwell = new ArrayList<>();
        for (JsonNode check : health.path("checks")) {
            if (!check.path("status").asText().equals("UP")) {
                unwell.add(check.path("name").asText());
            }
        }
        return unwell.isEmpty() && !health.path("status").asText().equals("UP") ? List.of("status") : unwell;
    }

    private LogStatus status() {
        return LogStatus.of(new LogHistory(store.get()), AuditFile.read(appliance.audit()));
    }

    private PolicyUse policy(LogFacts facts) {
        return PolicyUse.of(Policy.load(appliance.policy(), known()), facts);
    }

    private KnownNames known() {
        var chains = ConfigFile.read(appliance.chains()).sections("chains").stream()
                .map(section -> section.value("name", ChainName::new))
                .collect(Collectors.toUnmodifiableSet());
        var signing = KeyCatalogue.open(store.get(), appliance.tokenLabels()).keys().stream()
                .map(CataloguedKey::alias);
        var wrapping = new KeyEncryptionKeys(store.get()).all().stream().map(KeyEncryptionKey::alias);
        return KnownNames.of(
                chains, Stream.concat(signing, wrapping).collect(Collectors.<KeyAlias>toUnmodifiableSet()));
    }

    private List<KeyLife> keys() {
        return KeyLife.of(
                KeyCatalogue.open(store.get(), appliance.tokenLabels()).keys(),
                new KeyEncryptionKeys(store.get()).all(),
                declared);
    }

    private List<Emergency> emergencies(Instant now) {
        return EmergencyReview.all(store.get()).stream()
                .map(emergency -> new Emergency(
                        emergency.leaf(),
                        emergency.beganAt(),
                        !emergency.reviews().isEmpty(),
                        emergency.isOverdue(now)))
                .toList();
    }

    private int officers() {
        return new CeremonyRecords(store.get())
                .officers()
                .map(inForce -> inForce.officers().size())
                .orElse(0);
    }
}
