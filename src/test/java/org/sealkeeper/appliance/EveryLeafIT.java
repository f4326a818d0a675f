package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.KindsOfLeaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.ceremony.CeremonySteps;
import org.sealkeeper.ceremony.TestOfficers;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.http.access.Access;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.SoftwareWitness;
import org.sealkeeper.testing.TestLog;

/**
 * Everything the appliance and its commands can do is done, and the auditor's commands find every log of it valid. A row of the table
 * of leaves that nothing here wrote fails the test: the verifier would meet it in the field first.
 */
class EveryLeafIT {
    @TempDir
    static Path folder;

    @Test
    void everyKindOfLeafIsWrittenAndEveryLogIsValid() throws Exception {
        Home home = Home.provision(Files.createDirectory(folder.resolve("home")));
        Set<String> seen = new TreeSet<>();
        try (var witness = new SoftwareWitness(home)) {
            doEverything(home, new BusyLab(home, witness), seen);
        }
        seen.addAll(kindsOfFailedRequests());

        assertThat(seen).containsAll(KindsOfLeaves.ofOneToken());
    }

    private static void doEverything(Home home, BusyLab lab, Set<String> seen) throws Exception {
        lab.provision();
        lab.breakTheGlassAndStop();
        lab.letTheEmergencyEnd();
        lab.stopSigning();
        lab.doEverything();
        lab.closeWindowAndDestroy();
        lab.handOver();
        exportAndImport(home);
        String request = conductCeremonies(home);
        Path store = home.folder().resolve("store/sealkeeper.db");
        Path backup = folder.resolve("backup.db");
        Files.copy(store, backup);
        seen.addAll(kindsOfVerifiedLog(home, "log", 1));
        assertThatItsTranscriptIsValid(home, request);
        Files.copy(backup, store, StandardCopyOption.REPLACE_EXISTING);
        lab.acceptRollback();
        seen.addAll(kindsOfVerifiedLog(home, "renamed", 2));
    }

    /** The store loses a row, and takes it from the catalogue; then it is assessed. */
    private static void exportAndImport(Home home) {
        home.write(
                "audit.vkeys",
                home.configured("keys", "export", "--format", "vkeys")
                        .succeeded()
                        .out());
        home.configured("catalogue", "export", "--out", "@/catalogue.json").succeeded();
        var embedded = new StoreLocation.Embedded(home.store().resolve("sealkeeper.db"));
        try (Store store = Store.open(embedded)) {
            assertThat(store.<Integer>commit(rows -> rows.update("DELETE FROM rewrap_window WHERE state = 'closed'")))
                    .isEqualTo(1);
        }
        String[] load = {"catalogue", "import", "@/catalogue.json", "--vkeys", "@/audit.vkeys"};
        assertThat(home.configured(load).succeeded().out()).contains("rewrap window ", ", closed (new)");
        assertThat(home.here("assess", "--record", "--config", "@/appliance.yaml")
                        .err())
                .contains("recorded: leaf ");
    }

    /** One that lacks a PIN is left half done, and abandoned for one that officers approve; its digest. */
    private static String conductCeremonies(Home home) throws IOException {
        Path folder = home.folder();
        var steps = new CeremonySteps(folder, home::here, home::configured, "@/pins/so.pin");
        Files.createDirectory(folder.resolve("requests"));
        home.configured("keys", "rotate", "--alias", "patient-data").succeeded();
        Path halfDone = steps.request("rewrap-window", "open", "--alias", "patient-data", "--from", "2", "--to", "3");
        assertThat(home.configured("ceremony", "execute", halfDone.toString()).exitCode())
                .isEqualTo(ExitCode.USAGE);
        new TestOfficers(folder).with("alice").with("bob").with("carol").write("none");
        home.configured("officers", "set", "-f", "@/officers.yaml").succeeded();
        Path request = steps.request("keys", "rotate", "--alias", "patient-data");
        steps.execute(request, steps.approve(request, "alice"), steps.approve(request, "bob"))
                .succeeded();
        return CeremonySteps.digest(request);
    }

    private static void assertThatItsTranscriptIsValid(Home home, String request) throws IOException {
        home.configured("ceremony", "transcript", request, "--log", "@/log", "--out", "@/ceremony.json")
                .succeeded();
        String[] verify = {"ceremony", "verify", "@/ceremony.json", "--vkeys", "@/audit.vkeys"};
        assertThat(home.here(verify).succeeded().out()).contains("VALID: request " + request, "approved by alice, bob");
        assertThat(home.here("ceremony", "report", "@/ceremony.json")
                        .succeeded()
                        .out())
                .contains("Approvals needed: 2 of 3 officers", "Outcome of 1: created", "no drift")
                .containsPattern(
                        "Read back, token sealkeeper: secret key 'patient-data-v4' with CKA_ID [0-9a-f]{32}: CKA_KEY_TYPE=CKK_AES"
                                + ".* CKA_SENSITIVE=true .* CKA_EXTRACTABLE=false .* CKA_WRAP_WITH_TRUSTED=");
        String good = home.read("ceremony.json");
        for (String wrong : List.of(
                good.replace("\\\"outcome\\\":\\\"done\\\"", "\\\"outcome\\\":\\\"begun\\\""),
                good.replaceFirst("index \\d+", "index 1"),
                good.replaceFirst("(\"approvals\":\\[\"[^\"]*\"),\"[^\"]*\"", "$1"))) {
            assertThat(wrong).isNotEqualTo(good);
            home.write("ceremony.json", wrong);
            assertThat(home.here(verify).exitCode()).isEqualTo(ExitCode.INVALID);
        }
    }

    /** The smallest input of a fault of the field is among it: an emergency that ended by itself. */
    private static Set<String> kindsOfVerifiedLog(Home home, String name, long height) throws IOException {
        try (var _ = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a");
                var auditor = Caller.of(home, "auditor")) {
            assertThat(node.post("/v1/chains/pss/blocks", Blocks.request("last", height))
                            .statusCode())
                    .isEqualTo(201);
            home.write(
                    "lab-a.ndjson",
                    auditor.get("/v1/chains/lab-a/blocks", "application/x-ndjson")
                            .body());
            home.write(
                    "pss.ndjson",
                    node.get("/v1/chains/pss/blocks", "application/x-ndjson").body());
            home.write(
                    "edwards.ndjson",
                    node.get("/v1/chains/edwards/blocks", "application/x-ndjson")
                            .body());
            home.fetchLog(name);
        }
        home.here("audit", "verify", "@/" + name, "--vkeys", "@/audit.vkeys").succeeded();
        Set<String> kinds = new TreeSet<>();
        home.here("audit", "search", "--json", "@/" + name)
                .succeeded()
                .out()
                .lines()
                .forEach(line -> kinds.addAll(KindsOfLeaves.of(
                        RecordedLeaf.parse(line.replaceFirst("^\\{\"index\":\\d+,\"leaf\":(.*)}$", "$1")
                                .getBytes(UTF_8)))));
        return kinds;
    }

    /** What cannot be made to fail from outside: the record of a request at a door, as the door's filter hands it over. */
    private static Set<String> kindsOfFailedRequests() throws IOException {
        Set<String> kinds = new TreeSet<>();
        try (var appliance = TestLog.in(Files.createDirectory(folder.resolve("failing")));
                var store = appliance.openStore();
                var log = appliance.open(store)) {
            var journal = new AuditedAccess(log, InstantSource.system());
            for (Operation operation : Set.of(
                    Operation.READ_KEYS,
                    Operation.VERIFY_SIGNATURE,
                    Operation.READ_STATUS,
                    Operation.READ_POLICY,
                    Operation.READ_EMERGENCIES)) {
                long index = ((OptionalLong) journal.record(failed(operation))
                                .toCompletableFuture()
                                .join())
                        .orElseThrow();
                var published = log.covering(index).toCompletableFuture().join();
                kinds.addAll(KindsOfLeaves.of(
                        RecordedLeaf.parse(published.entries(index, index + 1).getFirst())));
            }
        }
        return kinds;
    }

    private static Access failed(Operation operation) {
        return new Access(
                Optional.empty(),
                new RequestId("test"),
                Optional.of(operation.text()),
                Optional.empty(),
                Optional.of("grants/everybody"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ProblemType.INTERNAL));
    }
}
