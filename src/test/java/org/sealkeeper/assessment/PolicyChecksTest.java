package org.sealkeeper.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sealkeeper.policy.Policy;

class PolicyChecksTest {
    private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");

    private static final String GOOD = """
            roles:
              node-a: [{certificate: "urn:node:a"}]
              clinicians: [{issuer: "https://idp.example", claims: {groups: clinician}}]
            grants:
              - {name: signs, roles: [node-a], operations: [sign-block], chains: [lab-a]}
              - {name: opens, roles: [clinicians], operations: [unwrap-data-key], keys: [patient-data], purposes: [TREAT, BTG], mfa: required}
            denials: []
            emergency: {windowMinutes: 60}
            """;

    @Test
    void aPolicyThatGrantsNoMoreThanItShouldIsRight() {
        assertThat(ofPolicy(GOOD)).hasSize(5).allMatch(words -> words.endsWith(": right"));
    }

    @Test
    void whatIsTooWideIsNamed() {
        String wide = GOOD.replace("urn:node:a", "*")
                        .replace(", mfa: required", "")
                        .replace("windowMinutes: 60", "windowMinutes: 61")
                        .replace(
                                "denials:",
                                "  - {name: moves, roles: [clinicians], operations: [rewrap-data-key], keys: [patient-data]}\ndenials:")
                + "separationExceptions: [clinicians, node-a]\n";
        assertThat(ofPolicy(wide))
                .containsExactly(
                        "policy-warning the policy: low",
                        "grant-to-everyone grants/signs: high",
                        "unwrap-without-mfa grants/opens: medium",
                        "emergency-window the policy: medium",
                        "separation-exception roles/clinicians: medium");
        String harmless = GOOD.replace("urn:node:a", "*").replace("[sign-block], chains: [lab-a]", "[read-keys]");
        assertThat(ofPolicy(harmless)).contains("grant-to-everyone grants/signs: low");
    }

    @Test
    void aPolicyWithoutEmergenciesHasNoWindow() {
        String none = GOOD.replace(", BTG", "").replace("emergency: {windowMinutes: 60}\n", "");
        assertThat(ofPolicy(none)).hasSize(4).allMatch(words -> words.endsWith(": right"));
    }

    @Test
    void aRuleThatDecidedNothingFor90DaysIsNotUsed() {
        Instant edge = NOW.minus(Duration.ofDays(90));
        assertThat(ofRules(GOOD, NOW.minus(Duration.ofDays(400)), Map.of("grants/signs", edge, "grants/opens", NOW)))
                .allMatch(words -> words.endsWith(": right"));
        assertThat(ofRules(
                        GOOD,
                        NOW.minus(Duration.ofDays(400)),
                        Map.of("grants/signs", edge.minusMillis(1), "denials/suspended", NOW)))
                .contains("grant-unused grants/signs: low", "grant-unused grants/opens: low");
    }

    @Test
    void aYoungLogDoesNotTellWhatIsNotUsed() {
        Instant edge = NOW.minus(Duration.ofDays(30));
        assertThat(ofRules(GOOD, edge.plusMillis(1), Map.of())).contains("grant-unused the policy: out of sight");
        assertThat(ofRules(GOOD, edge, Map.of())).contains("grant-unused grants/signs: low");
    }

    @Test
    void rolesAndDenialsOfNoUseAreNamed() {
        String idle = GOOD.replace("roles:\n", "roles:\n  left: []\n  forgotten: [{certificate: \"urn:x\"}]\n")
                .replace("denials: []", "denials:\n  - {name: suspended, roles: [left], operations: [\"*\"]}");
        assertThat(ofRules(idle, NOW.minus(Duration.ofDays(31)), Map.of("grants/signs", NOW, "grants/opens", NOW)))
                .containsExactly(
                        "grant-unused the policy: right",
                        "denial-unmatched denials/suspended: low",
                        "role-without-caller roles/left: low",
                        "role-without-rule roles/forgotten: low");
    }

    private static List<String> ofPolicy(String text) {
        return Judged.by(PolicyChecks.POLICY, use(text, Optional.empty(), Map.of()), NOW);
    }

    private static List<String> ofRules(String text, Instant first, Map<String, Instant> rules) {
        return Judged.by(RuleChecks.RULES, use(text, Optional.of(first), rules), NOW);
    }

    private static PolicyUse use(String text, Optional<Instant> first, Map<String, Instant> rules) {
        var log = new LogFacts(first, rules, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return PolicyUse.of(Policy.kept(text + "...\n"), log);
    }
}
