package org.sealkeeper.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.ceremony.CeremonySteps;
import org.sealkeeper.ceremony.TestOfficers;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.RecipientKeyPair;

/** The store of an appliance is as it was before its keys changed, or gone; a catalogue brings back what it knew of the token's keys. */
class CatalogueCommandsIT {
    private static final RecipientKeyPair LAB_A = RecipientKeyPair.generate();

    @TempDir
    private Path folder;

    private Home home;
    private Path store;
    private CeremonySteps steps;

    /** Of a store with one version of each key. */
    private Path before;

    @BeforeEach
    void provision() throws Exception {
        home = Home.provision(folder.resolve("home"));
        store = home.store().resolve("sealkeeper.db");
        Files.write(home.folder().resolve("lab-a.der"), LAB_A.certificate().getEncoded());
        Files.createDirectory(home.folder().resolve("requests"));
        steps = new CeremonySteps(home.folder(), home::here, home::configured, "@/pins/so.pin");
        home.write("audit.vkeys", done("keys", "export", "--format", "vkeys").out());
        before = folder.resolve("before.db");
        Files.copy(store, before);
    }

    private Command done(String... words) {
        return home.configured(words).succeeded();
    }

    private void changeKeys() {
        done("keys", "rotate", "--alias", "lab-a-blocks");
        done("keys", "change-state", "--alias", "lab-a-blocks", "--version-number", "1", "--to", "compromised");
        done("keys", "rotate", "--alias", "patient-data");
        done(
                "recipients",
                "enroll",
                "--name",
                "lab-a",
                "--certificate",
                "@/lab-a.der",
                "--so-pin-file",
                "@/pins/so.pin");
    }

    private void setOfficers() {
        new TestOfficers(home.folder()).with("alice").with("bob").with("carol").write("none");
        done("officers", "set", "-f", "@/officers.yaml");
    }

    private void export() {
        assertThat(done("catalogue", "export", "--out", "@/catalogue.json").out())
                .contains("key lab-a-blocks 1 ", "Catalogue ", " of lab-a.example/sealkeeper in ");
    }

    private void restore(Path backup) throws IOException {
        Files.copy(backup, store, StandardCopyOption.REPLACE_EXISTING);
    }

    private void byHand(String sql) {
        try (Store written = Store.open(new StoreLocation.Embedded(store))) {
            assertThat(written.<Integer>commit(rows -> rows.update(sql))).isEqualTo(1);
        }
    }

    private Command load(String... more) {
        List<String> words =
                new ArrayList<>(List.of("catalogue", "import", "@/catalogue.json", "--vkeys", "@/audit.vkeys"));
        words.addAll(List.of(more));
        return home.configured(words.toArray(String[]::new));
    }

    /** What the store says of all that a catalogue has. */
    private String known() {
        return Stream.of(
                        new String[] {"keys", "list", "--json"},
                        new String[] {"recipients", "list", "--json"},
                        new String[] {"rewrap-window", "list", "--json"},
                        new String[] {"ceremony", "list"},
                        new String[] {"officers", "show"})
                .map(words -> home.configured(words).out())
                .reduce("", String::concat);
    }

    @Test
    void aRestoredStoreKnowsAgainWhatChangedSince() throws IOException {
        changeKeys();
        done(
                "rewrap-window",
                "open",
                "--alias",
                "patient-data",
                "--from",
                "1",
                "--to",
                "2",
                "--so-pin-file",
                "@/pins/so.pin");
        setOfficers();
        Path request = steps.request("recipients", "retire", "--name", "lab-a");
        steps.execute(request, steps.approve(request, "alice"), steps.approve(request, "bob"))
                .succeeded();
        export();
        String expected = known();
        assertThat(expected).contains("compromised", "retired", "done", "alice");
        restore(before);
        assertThat(home.configured("plan", "-f", "@/keys.yaml").out()).contains("DRIFT");

        assertThat(load("--dry-run").succeeded().out())
                .contains(
                        "key lab-a-blocks 1 sealkeeper, compromised\n", "key lab-a-blocks 2 sealkeeper, active (new)");
        assertThat(known()).isNotEqualTo(expected);
        assertThat(load().succeeded().out()).contains("Taken from the catalogue ");
        assertThat(known()).isEqualTo(expected);
        assertThat(done("plan", "-f", "@/keys.yaml").out()).contains("no drift");
        assertThat(load().exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(load("--dry-run").succeeded().out()).startsWith("The store lacks nothing of the catalogue ");
        Command again = steps.execute(request, steps.approve(request, "alice"), steps.approve(request, "carol"));
        assertThat(again.err()).contains("it was executed at", "counts once");
    }

    @Test
    void aNewStoreKnowsAllOfIt() throws IOException {
        changeKeys();
        export();
        String expected = known();
        Files.delete(store);
        done("store", "init");
        assertThat(load().succeeded().out()).contains("key audit-p256 1 sealkeeper, active (new)");
        assertThat(known()).isEqualTo(expected);
        assertThat(done("plan", "-f", "@/keys.yaml").out()).contains("no drift");
        assertThat(load("--json").succeeded().out()).contains("\"changed\":false");
    }

    @Test
    void anOlderCatalogueTakesNothingBack() {
        export();
        changeKeys();
        String expected = known();
        assertThat(load().succeeded().out()).startsWith("The store lacks nothing of the catalogue ");
        assertThat(known()).isEqualTo(expected);
    }

    @Test
    void whatWasOnceCompromisedStaysSoWhereTheStoreWentFurther() throws IOException {
        done("keys", "rotate", "--alias", "lab-a-blocks");
        Files.copy(store, before, StandardCopyOption.REPLACE_EXISTING);
        done("keys", "change-state", "--alias", "lab-a-blocks", "--version-number", "1", "--to", "compromised");
        export();
        restore(before);
        byHand("UPDATE signing_key_pair SET state = 'destroyed' WHERE alias = 'lab-a-blocks' AND version = 1");
        load().succeeded();
        assertThat(done("keys", "export", "--format", "states").out()).contains("\"compromisedSince\"");
    }

    @Test
    void aCatalogueThatContradictsTheStoreIsRefusedAsAWhole() throws IOException {
        changeKeys();
        export();
        restore(before);
        byHand("UPDATE signing_key_pair SET cka_id = '00' || substr(cka_id, 3) WHERE alias = 'audit-p256'");
        String expected = known();
        Command refused = load();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .contains(
                        "the catalogue contradicts the store: key audit-p256 1 sealkeeper, active has another cka_id");
        assertThat(known()).isEqualTo(expected);
    }

    /** Its officers would approve changes here. */
    @Test
    void aCatalogueOfAnotherLogIsRefusedUnlessItIsSaidToBeThisOnes() {
        export();
        String audit = home.read("audit.yaml");
        home.write("audit.yaml", audit.replace("lab-a.example/sealkeeper", "lab-b.example/sealkeeper"));
        Command refused = load();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .contains(
                        "expected a catalogue of the log lab-b.example/sealkeeper, found one of lab-a.example/sealkeeper");
        load("--of-log", "lab-a.example/sealkeeper").succeeded();
    }

    /** The request that asks for the catalogue may itself be under way. */
    @Test
    void aRequestThatWasUnderWayIsNotGoneOnWith() throws IOException {
        done("keys", "rotate", "--alias", "patient-data");
        Files.copy(store, before, StandardCopyOption.REPLACE_EXISTING);
        Path opening = steps.request("rewrap-window", "open", "--alias", "patient-data", "--from", "1", "--to", "2");
        assertThat(home.configured("ceremony", "execute", opening.toString()).exitCode())
                .as("it lacks the PIN")
                .isEqualTo(ExitCode.USAGE);
        export();
        restore(before);
        load().succeeded();
        assertThat(steps.execute(opening).err()).contains("abandoned for another one");
        assertThat(load().succeeded().out()).startsWith("The store lacks nothing");
    }

    @Test
    void aRecipientThatIsEnrolledAnewIsNotThereTwice() throws IOException {
        changeKeys();
        export();
        restore(before);
        done(
                "recipients",
                "enroll",
                "--name",
                "lab-a",
                "--certificate",
                "@/lab-a.der",
                "--so-pin-file",
                "@/pins/so.pin");
        Command refused = load();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("recipient lab-a", "cannot be beside what the store has");
        assertThat(done("keys", "list").out()).doesNotContain("compromised");
    }

    @Test
    void aFileThatTheApplianceDidNotWriteIsRefused() throws IOException {
        export();
        String good = Files.readString(home.folder().resolve("catalogue.json"));
        for (String wrong : List.of(
                good.replace("\\\"state\\\":\\\"active\\\"", "\\\"state\\\":\\\"destroyed\\\""),
                good.replace("\\\"alias\\\":\\\"lab-a-blocks\\\"", "\\\"alias\\\":\\\"blockz\\\""),
                good.replace("\"format\"", "\"formal\""),
                good + "\n")) {
            assertThat(wrong).isNotEqualTo(good);
            home.write("catalogue.json", wrong);
            assertThat(load().err()).contains("catalogue.json: not a catalogue: expected ");
        }
        home.write("catalogue.json", good.replaceFirst("index (\\d+)", "index 1"));
        Command unproven = load();
        assertThat(unproven.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(unproven.err()).contains("found that its proof fails");
        home.write("catalogue.json", good);
        done("keys", "rotate", "--alias", "audit-p256");
        done("keys", "rotate", "--alias", "audit-ed25519");
        String known = home.read("audit.vkeys");
        home.write(
                "audit.vkeys",
                done("keys", "export", "--format", "vkeys")
                        .out()
                        .lines()
                        .filter(line -> !known.contains(line))
                        .collect(Collectors.joining("\n", "", "\n")));
        assertThat(load().exitCode()).isEqualTo(ExitCode.INVALID);
    }

    @Test
    void whereOfficersApproveChangesTheyApproveThisOne() throws IOException {
        done("catalogue", "export", "--out", "@/older.json");
        setOfficers();
        Files.copy(store, before, StandardCopyOption.REPLACE_EXISTING);
        Path rotation = steps.request("keys", "rotate", "--alias", "lab-a-blocks");
        steps.execute(rotation, steps.approve(rotation, "alice"), steps.approve(rotation, "bob"))
                .succeeded();
        export();
        String expected = known();
        restore(before);
        Command alone = load();
        assertThat(alone.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(alone.err()).contains("officers approve changes of this kind (import-catalogue)");

        Path request = steps.request("catalogue", "import", "@/catalogue.json", "--vkeys", "@/audit.vkeys");
        String[] approvals = {steps.approve(request, "alice"), steps.approve(request, "bob")};
        assertThat(steps.execute(request, approvals).err())
                .contains("expected the file of the catalogue with the SHA-256 ", "in --catalogue, found none");
        Command other = execute(request, "@/older.json", approvals);
        assertThat(other.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err()).contains("in --catalogue, found ");
        Command taken = execute(request, "@/catalogue.json", approvals);
        assertThat(taken.succeeded().out())
                .contains("import-catalogue: taken: ", "key lab-a-blocks 2 sealkeeper, active (new)");
        assertThat(known())
                .startsWith(expected.lines().findFirst().orElseThrow())
                .contains("done");
    }

    private Command execute(Path request, String catalogue, String... approvals) {
        return home.configured(
                "ceremony",
                "execute",
                request.toString(),
                "--catalogue",
                catalogue,
                "--approval",
                approvals[0],
                "--approval",
                approvals[1]);
    }

    @Test
    void aStoreThatWasTurnedBackIsNotExported() throws IOException {
        export();
        restore(before);
        Command refused = home.configured("catalogue", "export", "--out", "@/other.json");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAULT);
        assertThat(refused.err()).contains("store-behind");
        assertThat(home.folder().resolve("other.json")).doesNotExist();
    }
}
