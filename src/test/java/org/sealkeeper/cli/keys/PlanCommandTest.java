package org.sealkeeper.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.ceremony.TestOfficers;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.HandMadeKey;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.TestAppliance;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

class PlanCommandTest {
    private static final String BLOCKS = "  - {alias: lab-a-blocks, purpose: block-signing, algorithm: ES256}\n";
    private static final String LOG = "  - {alias: log, purpose: audit-signing, algorithm: EdDSA}\n";
    private static final String KEYS = "keys:\n" + BLOCKS + LOG + "keyEncryptionKeys: [{alias: patient-data}]\n";

    @TempDir
    private Path folder;

    private TestAppliance appliance;

    @BeforeEach
    void provision() {
        appliance = TestAppliance.in(folder);
        appliance.write("keys.yaml", KEYS);
    }

    private Command keys(String... words) {
        return CommandHere.run(
                folder,
                Stream.concat(Stream.of(words), Stream.of("--config", "@/appliance.yaml", "-f", "@/keys.yaml"))
                        .toArray(String[]::new));
    }

    private Command plan() {
        return keys("plan");
    }

    private void apply() {
        Command _ = keys("keys", "apply").succeeded();
    }

    private String ckaId(String alias) {
        return CommandHere.run(folder, "keys", "list", "--json", "--config", "@/appliance.yaml")
                .succeeded()
                .out()
                .lines()
                .map(PlanCommandTest::json)
                .filter(key -> key.path("alias").asText().equals(alias))
                .map(key -> key.path("ckaId").asText())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsDeclaredAndMissingIsToBeCreatedAndThenNothingIsToBeDone() {
        Command before = plan();
        assertThat(before.exitCode()).as(before.err()).isEqualTo(ExitCode.CHANGES);
        assertThat(before.out().replace(appliance.token().label().value(), "TOKEN"))
                .isEqualTo("""
                        key 'lab-a-blocks', token TOKEN: create (block-signing with ES256: run 'sealkeeper keys apply')
                        key 'log', token TOKEN: create (audit-signing with EdDSA: run 'sealkeeper keys apply')
                        key-encryption key 'patient-data', token TOKEN: create (run 'sealkeeper keys apply')
                        No officers are in force: one operator alone changes keys.
                        Changes: 3, no drift.
                        """);
        apply();
        Command after = plan();
        assertThat(after.out().replace(appliance.token().label().value(), "TOKEN"))
                .isEqualTo("""
                        key 'lab-a-blocks' version 1, token TOKEN: nothing (it is active)
                        key 'log' version 1, token TOKEN: nothing (it is active)
                        key-encryption key 'patient-data' version 1, token TOKEN: nothing (it is active)
                        No officers are in force: one operator alone changes keys.
                        Nothing to do, no drift.
                        """);
        assertThat(after.exitCode()).isZero();
    }

    @Test
    void aPlanChangesNothing() throws IOException {
        apply();
        byte[] store = Files.readAllBytes(appliance.storeFile());
        assertThat(plan().exitCode()).isZero();
        assertThat(Files.readAllBytes(appliance.storeFile())).isEqualTo(store);
        appliance.write("keys.yaml", KEYS.replace("log", "other"));
        assertThat(plan().exitCode()).isEqualTo(ExitCode.CHANGES);
        assertThat(plan().exitCode()).isEqualTo(ExitCode.CHANGES);
    }

    @Test
    void aKeyThatIsNotDeclaredAnyMoreStays() {
        apply();
        appliance.write("keys.yaml", "keys:\n" + BLOCKS + "keyEncryptionKeys: []\n");
        Command plan = plan();
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out().lines())
                .filteredOn(line -> line.contains(": keep ("))
                .hasSize(2)
                .allMatch(line -> line.endsWith(
                        "(it is not declared any more: it stays and works as before, nothing is destroyed)"));
    }

    @Test
    void anEndedCryptoperiodAsksForARotationAndWhatSignsNoMoreIsToBeDestroyed() {
        apply();
        appliance.write(
                "keys.yaml",
                KEYS.replace("ES256}", "ES256, cryptoperiodDays: 730, afterwards: destroy}")
                        .replace("patient-data}", "patient-data, cryptoperiodDays: 365}"));
        assertThat(plan().exitCode()).isZero();
        age(Duration.ofDays(731));
        Command due = plan();
        assertThat(due.exitCode()).isEqualTo(ExitCode.CHANGES);
        assertThat(due.out())
                .contains(
                        ": rotate (its cryptoperiod ended on ", ": run 'sealkeeper keys rotate --alias lab-a-blocks')")
                .contains("'patient-data' version 1")
                .endsWith("Changes: 2, no drift.\n");
        for (String alias : List.of("lab-a-blocks", "patient-data")) {
            Command _ = CommandHere.run(folder, "keys", "rotate", "--alias", alias, "--config", "@/appliance.yaml")
                    .succeeded();
        }
        assertThat(plan().out())
                .contains(
                        "key 'lab-a-blocks' version 1, token ",
                        ": destroy (it signs no more: run 'sealkeeper keys destroy-version")
                .endsWith("Changes: 1, no drift.\n");
    }

    /** The plan is applied as it stands, and once. */
    private void applyPlan(String... expected) {
        Command plan = keys("plan", "--request", "@/plans");
        assertThat(plan.exitCode()).as(plan.err()).isEqualTo(ExitCode.CHANGES);
        assertThat(plan.out()).contains(expected);
        String file = Pattern.compile("written to (\\S+)")
                .matcher(plan.out())
                .results()
                .map(written -> written.group(1))
                .findFirst()
                .orElseThrow();
        Command _ = applied(file).succeeded();
        Command again = applied(file);
        assertThat(again.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(again.err()).contains("counts once");
    }

    private Command applied(String file) {
        return CommandHere.run(folder, "apply", file, "--so-pin-file", "@/so.pin", "--config", "@/appliance.yaml");
    }

    @Test
    void whatIsDeclaredOfVersionsRecipientsAndOfficersIsPlannedAndApplied() throws Exception {
        Files.createDirectory(folder.resolve("plans"));
        appliance.write("audit.yaml", """
                {origin: lab-a.example/log, rollbackProtection: every-group, witnesses: [], peers: []}
                """);
        Files.copy(Path.of("src/test/resources/cli/policy/policy.yaml"), folder.resolve("policy.yaml"));
        for (String recipient : List.of("lab-a", "lab-b")) {
            Files.write(
                    folder.resolve(recipient + ".der"),
                    RecipientKeyPair.generate().certificate().getEncoded());
        }
        applyPlan("Changes: 3, no drift.");
        appliance.write(
                "keys.yaml",
                KEYS.replace("ES256}", "ES256, version: 2}")
                                .replace("EdDSA}", "EdDSA, version: 2, certificate: issued}")
                                .replace("patient-data}", "patient-data, version: 2}")
                        + "recipients: [{name: lab-a, certificate: lab-a.der}]\n");
        applyPlan(
                "key 'lab-a-blocks' version 1, token ",
                ": rotate (version 2 is declared: run 'sealkeeper keys rotate --alias lab-a-blocks')",
                ": certify (it has none of an authority: run 'sealkeeper keys csr --alias log'",
                "key-encryption key 'patient-data' version 1, token ",
                "recipient 'lab-a', token ",
                ": enroll (run 'sealkeeper recipients enroll --name lab-a --certificate ",
                "Changes: 5, no drift.");
        new TestOfficers(folder).with("alice").with("bob").with("carol").write("none");
        appliance.write(
                "keys.yaml",
                KEYS.replace("ES256}", "ES256, version: 1}").replace("EdDSA}", "EdDSA, version: 2}")
                        + "recipients: [{name: lab-b, certificate: lab-b.der}]\nofficers: officers.yaml\n");
        applyPlan(
                ": keep (version 1 is declared, an earlier one: nothing goes back; declare 2)",
                "key 'log' version 1, token ",
                ": deactivate (a later version is declared, and signs: run 'sealkeeper keys change-state",
                ": enroll (run 'sealkeeper recipients enroll --name lab-b ",
                "recipient 'lab-a', token ",
                ": retire (it is not declared any more: run 'sealkeeper recipients retire --name lab-a')",
                "officers, token ",
                ": change (run 'sealkeeper officers set -f ",
                "Changes: 4, no drift.");
        Command done = plan();
        assertThat(done.out()).contains("it is enrolled", "they are in force", "Nothing to do, no drift.");
        assertThat(done.exitCode()).isZero();
    }

    @Test
    void aVersionThatIsPreparedIsActivatedAndNoneIsLeftOut() {
        apply();
        Command _ = CommandHere.run(
                        folder, "keys", "rotate", "--alias", "log", "--prepare", "--config", "@/appliance.yaml")
                .succeeded();
        appliance.write("keys.yaml", KEYS.replace("EdDSA}", "EdDSA, version: 2}"));
        assertThat(plan().out())
                .contains(
                        "key 'log' version 2, token ",
                        ": activate (version 2 is declared: run 'sealkeeper keys change-");
        appliance.write("keys.yaml", KEYS.replace("ES256}", "ES256, version: 3}"));
        assertThat(plan().err())
                .contains("key 'lab-a-blocks': expected a version of at most 2 in its declaration, found 3");
        appliance.write("keys.yaml", KEYS.replace("patient-data}", "patient-data, version: 3}"));
        assertThat(plan().err())
                .contains("'patient-data': expected a version of at most 2 in its declaration, found 3");
    }

    /** As if all keys had been made so long ago. */
    private void age(Duration time) {
        try (Store store = Store.open(appliance.store())) {
            Instant then = Instant.now().minus(time).truncatedTo(ChronoUnit.SECONDS);
            for (String table : List.of("signing_key_pair", "key_encryption_key")) {
                int _ = store.commit(rows -> rows.update("UPDATE " + table + " SET created_at = ?", then.toString()));
            }
        }
    }

    @Test
    void anInterruptedRotationIsFinishedByItsCommand() {
        apply();
        try (Store store = Store.open(appliance.store())) {
            KeyCatalogue.open(store, List.of(appliance.token().label()))
                    .begin(new PendingKey(
                            new KeyAlias("lab-a-blocks"),
                            2,
                            appliance.token().label(),
                            KeyPurpose.BLOCK_SIGNING,
                            SigningAlgorithm.ES256,
                            CkaId.random(new SecureRandom()),
                            Instant.parse("2026-02-01T00:00:00Z")));
        }
        assertThat(plan().out())
                .contains(
                        "key 'lab-a-blocks' version 2, token ",
                        ": finish (its making was interrupted: run 'sealkeeper keys rotate --alias lab-a-blocks')");
        Command _ = CommandHere.run(folder, "keys", "rotate", "--alias", "lab-a-blocks", "--config", "@/appliance.yaml")
                .succeeded();
        assertThat(plan().out()).contains("key 'lab-a-blocks' version 2, token ", ": nothing (it is active)");
        assertThat(plan().exitCode()).isZero();
    }

    @Test
    void whatWasDoneToTheTokenIsDriftAndComesBeforeChanges() throws PKCS11Exception {
        apply();
        appliance.write("keys.yaml", KEYS.replace(BLOCKS, BLOCKS + BLOCKS.replace("lab-a", "lab-b")));
        CkaId patientData = new CkaId(ckaId("patient-data"));
        CkaId blocks = new CkaId(ckaId("lab-a-blocks"));
        CkaId foreign = CkaId.random(new SecureRandom());
        try (Hsm hsm = appliance.token().open();
                var hand = HandMadeKey.in(appliance.token().settings())) {
            hand.destroyBindingKey(patientData);
            int _ = hsm.signingKeyAdministration().destroy(blocks);
            hand.generate(blocks, "lab-a-blocks-v1");
            hand.generate(foreign, "not\u001bours");
        }
        Command plan = plan();
        assertThat(plan.exitCode()).isEqualTo(ExitCode.DRIFT);
        assertThat(plan.out()
                        .lines()
                        .filter(line -> line.startsWith("DRIFT, token "))
                        .map(line ->
                                line.replaceFirst("DRIFT, token \\S+: ", "").replaceFirst("expected SHA-256 .*", "…")))
                .containsExactlyInAnyOrder(
                        "public key of key 'lab-a-blocks' version 1: public key: …",
                        "certificate of key 'lab-a-blocks' version 1: unpaired",
                        "binding key of key-encryption key 'patient-data' version 1: unpaired",
                        "private key 'not?ours' with CKA_ID " + foreign + ": unknown",
                        "public key 'not?ours' with CKA_ID " + foreign + ": unknown");
        assertThat(plan.out())
                .endsWith("Changes: 1, drift: 5. Find out who changed the token before you change anything.\n");
    }

    @Test
    void whatAnInterruptedRunLeftIsAnOrphanUntilItIsFinished() throws PKCS11Exception {
        apply();
        appliance.write("keys.yaml", KEYS.replace(BLOCKS, BLOCKS + BLOCKS.replace("lab-a", "lab-b")));
        CkaId begun = CkaId.random(new SecureRandom());
        try (Store store = Store.open(appliance.store())) {
            KeyCatalogue.open(store, List.of(appliance.token().label()))
                    .begin(new PendingKey(
                            new KeyAlias("lab-b-blocks"),
                            1,
                            appliance.token().label(),
                            KeyPurpose.BLOCK_SIGNING,
                            SigningAlgorithm.ES256,
                            begun,
                            Instant.parse("2026-02-01T00:00:00Z")));
        }
        Command plan = plan();
        assertThat(plan.exitCode()).isEqualTo(ExitCode.CHANGES);
        assertThat(plan.out()).contains("key 'lab-b-blocks' version 1, token ", ": finish (its making was interrupted");
        try (var hand = HandMadeKey.in(appliance.token().settings())) {
            hand.generate(begun, "lab-b-blocks-v1");
        }
        Command orphaned = keys("plan", "--json");
        assertThat(orphaned.exitCode()).isEqualTo(ExitCode.DRIFT);
        assertThat(orphaned.out().lines().map(PlanCommandTest::json).filter(line -> line.has("drift")))
                .extracting(line ->
                        line.path("drift").asText() + " " + line.path("object").asText())
                .containsExactlyInAnyOrder(
                        "orphan private key 'lab-b-blocks-v1' with CKA_ID " + begun
                                + ", of key 'lab-b-blocks' version 1, which is pre-active",
                        "orphan public key 'lab-b-blocks-v1' with CKA_ID " + begun
                                + ", of key 'lab-b-blocks' version 1, which is pre-active");
        assertThat(orphaned.out()).endsWith("{\"outcome\":\"drift\",\"changes\":1,\"drifts\":2,\"officers\":false}\n");
        apply();
        assertThat(plan().exitCode()).isZero();
    }

    @Test
    void aKeyThatIsGoneIsMissing() {
        apply();
        try (Hsm hsm = appliance.token().open()) {
            int _ = hsm.signingKeyAdministration().destroy(new CkaId(ckaId("log")));
        }
        Command plan = plan();
        assertThat(plan.exitCode()).isEqualTo(ExitCode.DRIFT);
        assertThat(plan.out()).contains(": key 'log' version 1: missing\n");
    }

    @Test
    void aDeclarationThatContradictsTheCatalogueIsRefused() {
        apply();
        appliance.write("keys.yaml", KEYS.replace("EdDSA", "ES256"));
        Command refused = plan();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .contains("key 'log' is declared as audit-signing with ES256, but the catalogue has it");
    }
}
