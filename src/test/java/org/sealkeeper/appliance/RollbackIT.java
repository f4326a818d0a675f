package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.ShownLeaves;

/** A store is restored from a backup: nothing is signed until an operator has brought the heads back from the ledger. */
class RollbackIT {
    private static final String UNUSED = "proposals,pss,edwards";

    @TempDir
    static Path folder;

    @Test
    void aRestoredBackupSignsNothingUntilTheLedgersHeadsAreBack() throws Exception {
        Home home = Home.provision(folder);
        Path store = folder.resolve("store/sealkeeper.db");
        Path backup = folder.resolve("backup.db");
        try (var _ = ApplianceProcess.start(home)) {
            sign(home, "lab-a", "node-a", 0, 5);
        }
        Files.copy(store, backup);
        try (var _ = ApplianceProcess.start(home)) {
            sign(home, "lab-a", "node-a", 5, 10);
            sign(home, "lab-b", "node-b", 0, 2);
        }
        Files.copy(backup, store, StandardCopyOption.REPLACE_EXISTING);

        assertThatNothingIsSigned(home);
        assertThatTheOperatorIsAskedForEvidence(home);

        Command accepted = home.sealkeeper(
                "audit", "accept-rollback", "--evidence", "lab-a.ndjson,lab-b.ndjson", "--unused", UNUSED);
        assertThat(accepted.succeeded().out())
                .startsWith("accepted: the log lab-a.example/sealkeeper ended at ")
                .contains("lab-a.example/sealkeeper/2 goes on from what is left")
                .contains("heads raised: 2");
        assertThatTheChainGoesOnAboveTheEvidence(home);
    }

    /** Neither the store nor the token knows then; a mirror does, and a checkpoint that was seen elsewhere tells how much there was. */
    @Test
    void storeAndTokenThatWereTurnedBackTogetherAreSettledByAMirror() throws Exception {
        Home home = Home.provision(Files.createDirectory(folder.resolve("mirrored")));
        try (var _ = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            sign(home, "lab-a", "node-a", 0, 2);
            var first = node.post("/v1/chains/edwards/blocks", Blocks.request("rollback", 0));
            home.write("edwards.ndjson", first.body() + "\n");
        }
        home.write("older.ndjson", home.read("lab-a.ndjson") + home.read("edwards.ndjson"));
        Snapshot older = Snapshot.of(home, folder.resolve("older"));
        try (var _ = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            assertThat(node.post("/v1/chains/lab-a/blocks", Blocks.request("rollback", 2))
                            .statusCode())
                    .isEqualTo(201);
            handOver(home, "edwards");
            home.fetchLog("mirror");
            home.write("seen", home.read("mirror/checkpoint"));
        }
        older.restore();
        home.write("audit.yaml", home.read("audit.yaml").replace("sealkeeper\n", "sealkeeper/2\n"));

        String[] everything = {
            "--evidence",
            "@/older.ndjson",
            "--unused",
            "proposals,pss,lab-b",
            "--mirror",
            "@/mirror",
            "--checkpoint",
            "@/seen"
        };
        assertThat(accept(home, everything).err())
                .contains(
                        "found edwards: the mirror shows its handover, the store does not; take it out of chains.yaml");
        String chains = home.read("chains.yaml");
        home.write("chains.yaml", chains.substring(0, chains.indexOf("  - name: edwards")));
        home.write("policy.yaml", home.read("policy.yaml").replace(", edwards]", "]"));

        assertThat(accept(home, "--evidence", "@/older.ndjson").err())
                .contains("there is no rollback to accept. Where a witness saw more, give its checkpoint");
        Command beyond = accept(home, "--evidence", "@/older.ndjson", "--unused", "lab-b", "--checkpoint", "@/seen");
        assertThat(beyond.exitCode()).isEqualTo(2);
        assertThat(beyond.err()).contains("expected no chain in --unused, since the log had");
        Command used = accept(home, "--unused", "proposals,pss,lab-b,lab-a", "--mirror", "@/mirror");
        assertThat(used.err()).contains("expected chains without a block in --unused, found lab-a");
        Command accepted = accept(home, everything);
        assertThat(accepted.succeeded().out()).contains("heads raised: 1");

        try (var _ = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            assertThat(node.post("/v1/chains/lab-a/blocks", Blocks.request("another", 2))
                            .body())
                    .contains("height-regression");
            assertThat(node.post("/v1/chains/lab-a/blocks", Blocks.request("rollback", 3))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    private static void handOver(Home home, String chain) {
        String out = chain + ".guard";
        home.configured("guard", "export", "--chain", chain, "--to", "lab-b.example/sealkeeper", "--out", "@/" + out)
                .succeeded();
    }

    private static void sign(Home home, String chain, String caller, long from, long to) {
        try (var node = Caller.of(home, caller);
                var auditor = Caller.of(home, "auditor")) {
            for (long height = from; height < to; height++) {
                assertThat(node.post("/v1/chains/" + chain + "/blocks", Blocks.request("rollback", height))
                                .statusCode())
                        .isEqualTo(201);
            }
            home.write(
                    chain + ".ndjson",
                    auditor.get("/v1/chains/" + chain + "/blocks", "application/x-ndjson")
                            .body());
        }
    }

    private static void assertThatNothingIsSigned(Home home) throws Exception {
        try (var appliance = ApplianceProcess.startUnready(home);
                var node = Caller.of(home, "node-a");
                var auditor = Caller.of(home, "auditor")) {
            assertThat(appliance.health("ready"))
                    .contains("store-behind: the token remembers")
                    .contains("sealkeeper audit accept-rollback");
            var answer = node.post("/v1/chains/lab-a/blocks", Blocks.request("another", 5));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .contains("urn:sealkeeper:problem:store-unavailable")
                    .contains("\"reason\":\"store-behind\"");
            assertThat(auditor.get("/v1/audit/checkpoint").statusCode()).isEqualTo(200);
            assertThat(appliance.output()).contains("sealkeeper audit accept-rollback");
        }
    }

    private static void assertThatTheOperatorIsAskedForEvidence(Home home) {
        Command sameName = accept(home, "--evidence", "@/lab-a.ndjson,@/lab-b.ndjson", "--unused", UNUSED);
        assertThat(sameName.exitCode()).isEqualTo(2);
        assertThat(sameName.err()).contains("must not contradict itself. Give it a new name in audit.yaml");

        home.write("audit.yaml", home.read("audit.yaml").replace("sealkeeper\n", "sealkeeper/2\n"));
        Command missing = accept(home, "--evidence", "@/lab-a.ndjson", "--unused", UNUSED);
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("found none of lab-b");

        Command used = accept(home, "--evidence", "@/lab-b.ndjson", "--unused", UNUSED + ",lab-a");
        assertThat(used.exitCode()).isEqualTo(2);
        assertThat(used.err()).contains("expected chains without a block in --unused, found lab-a");

        home.write("forged.ndjson", home.read("lab-a.ndjson").replaceFirst("\"height\":0", "\"height\":7"));
        Command forged = accept(home, "--evidence", "@/forged.ndjson,@/lab-b.ndjson", "--unused", UNUSED);
        assertThat(forged.exitCode()).isEqualTo(2);
        assertThat(forged.err()).contains("forged.ndjson:1: expected a block this appliance signed");
    }

    private static void assertThatTheChainGoesOnAboveTheEvidence(Home home) throws IOException {
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a");
                var auditor = Caller.of(home, "auditor")) {
            assertThat(node.post("/v1/chains/lab-a/blocks", Blocks.request("another", 5))
                            .body())
                    .contains("height-regression");
            assertThat(node.post("/v1/chains/lab-a/blocks", Blocks.request("rollback", 10))
                            .statusCode())
                    .isEqualTo(201);
            String leaves = ShownLeaves.of(auditor, "accept-rollback", "lab-a.example/sealkeeper");
            assertThat(leaves)
                    .contains("\"log\":\"lab-a.example/sealkeeper\"")
                    .contains("\"chain\":\"lab-a\"")
                    .contains("\"chain\":\"lab-b\"")
                    .contains(Blocks.hash("rollback", 9));
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
        assertThat(accept(home, "--evidence", "@/lab-a.ndjson").err()).contains("there is no rollback to accept");
    }

    private static Command accept(Home home, String... arguments) {
        String[] line = new String[arguments.length + 2];
        line[0] = "audit";
        line[1] = "accept-rollback";
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return home.configured(line);
    }
}
