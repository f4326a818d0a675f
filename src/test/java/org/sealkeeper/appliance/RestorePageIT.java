package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.FolderTree;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.OperationsPage;

/** The host is lost, the token is not: the page is typed as written, with last night's store, and without any. */
class RestorePageIT {
    private static final OperationsPage PAGE = OperationsPage.of("backup.md");
    private static final String BLOCKS = "/v1/chains/lab-a/blocks";
    private static final String SETTINGS = """
            set -e
            export SEALKEEPER_CONFIG=appliance.yaml STORE=store/sealkeeper.db BACKUP=backup
            """;

    /** Of three blocks the backup knows, of three more the catalogue's keys, and of the last two nothing but the ledger and the token. */
    @TempDir
    private static Path folder;

    private static Home lost;

    @BeforeAll
    static void loseTheHost() throws IOException {
        lost = Home.provision(Files.createDirectory(folder.resolve("lost")));
        Files.createDirectory(lost.folder().resolve("backup"));
        try (var _ = ApplianceProcess.start(lost);
                var node = Caller.of(lost, "node-a")) {
            sign(node, 0, 3);
            Command _ = type(lost, PAGE.typed("1.")).succeeded();
            for (String alias : new String[] {"lab-a-blocks", "audit-p256", "patient-data"}) {
                lost.configured("keys", "rotate", "--alias", alias).succeeded();
            }
            lost.enroll("lab-a");
            sign(node, 3, 6);
            assertThat(type(lost, PAGE.typed("2.")).succeeded().out())
                    .contains("key lab-a-blocks 2 sealkeeper, active", "VALID: catalogue ");
            sign(node, 6, 8);
            lost.write("newest.ndjson", node.get(BLOCKS, "application/x-ndjson").body());
        }
        new FolderTree(lost.store()).delete();
    }

    private static void sign(Caller node, long from, long to) {
        for (long height = from; height < to; height++) {
            assertThat(node.post(BLOCKS, Blocks.request("backup", height)).statusCode())
                    .isEqualTo(201);
        }
    }

    private static Command type(Home home, String script) {
        return Command.shell(home.folder(), SETTINGS + script);
    }

    /** Another machine that reaches a token with these keys and this memory. */
    private static Home anotherHost(String name) throws IOException {
        Home other = lost.copyWithToken(Files.createDirectory(folder.resolve(name)));
        Files.createDirectory(other.store());
        return other;
    }

    @Test
    void withTheStoreOfLastNightItGoesOnAboveTheLedger() throws IOException {
        Home home = anotherHost("restored");
        assertThat(type(home, PAGE.typed("3.")).succeeded().out())
                .contains("Taken from the catalogue ", "recipient lab-a ", "no drift");
        assertThatNothingIsSigned(home);
        assertThat(type(home, PAGE.typed("4.")).succeeded().out()).contains("heads raised: 1");
        assertThatItGoesOn(home, 200);
    }

    @Test
    void withoutAnyStoreItDoesTheSame() throws IOException {
        Home home = anotherHost("empty");
        String typed = PAGE.typed("3.").replaceFirst("cp \\S+ \\S+\n", "sealkeeper store init\n");
        assertThat(typed).contains("store init");
        assertThat(type(home, typed).succeeded().out()).contains("no drift");
        assertThat(type(home, PAGE.typed("4.")).succeeded().out()).contains("heads raised: 1");
        assertThatItGoesOn(home, 409);
    }

    private static void assertThatNothingIsSigned(Home home) {
        try (var appliance = ApplianceProcess.startUnready(home);
                var node = Caller.of(home, "node-a")) {
            assertThat(appliance.health("ready")).contains("store-behind");
            assertThat(node.post(BLOCKS, Blocks.request("other", 7)).statusCode())
                    .isEqualTo(503);
        }
    }

    private static void assertThatItGoesOn(Home home, int answerToAnOldBlock) {
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            assertThat(node.post(BLOCKS, Blocks.request("other", 7)).statusCode())
                    .isEqualTo(409);
            assertThat(node.post(BLOCKS, Blocks.request("backup", 2)).statusCode())
                    .isEqualTo(answerToAnOldBlock);
            var signed = node.post(BLOCKS, Blocks.request("backup", 8));
            assertThat(signed.statusCode()).isEqualTo(201);
            String key = Blocks.json(signed.body()).get("keyId").asText();
            assertThat(home.configured("keys", "list").succeeded().out())
                    .contains("lab-a-blocks version 2, block-signing, ES256, active, kid " + key);
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
    }
}
