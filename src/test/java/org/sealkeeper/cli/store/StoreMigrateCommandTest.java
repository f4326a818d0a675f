package org.sealkeeper.cli.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.rollback.Ownership;
import org.sealkeeper.store.ServingLock;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.PostgresServer;
import org.sealkeeper.testing.TestLog;

/** The move of a store whose token remembers it: the command, what it refuses, and what the token says afterwards. */
@Timeout(120)
class StoreMigrateCommandTest {
    private static final String HASH = "ab".repeat(32);

    private static PostgresServer server;

    @TempDir
    private Path folder;

    private TestLog appliance;
    private StoreLocation.Server database;
    private String address;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void signALog() throws SQLException {
        appliance = TestLog.in(folder);
        execute(
                "INSERT INTO chain_head (chain, height, block_hash, moved) VALUES ('lab-a', 7, '" + HASH + "', 1)",
                "INSERT INTO block (chain, height, previous_hash, block_hash, signed_at, caller) VALUES ('lab-a', 7, '"
                        + HASH + "', '" + HASH + "', '2026-01-01T00:00:00Z', 'node-a')");
        try (Store store = appliance.openStore()) {
            append(store, 600);
        }
        database = server.newDatabase(folder);
        address = database + "?passwordFile=postgresql.password&certificateAuthorities=none&state=state&appliance=a";
    }

    @AfterEach
    void close() {
        appliance.close();
    }

    private void append(Store store, int count) {
        try (Ownership ownership = appliance.own(store);
                AuditLog log = appliance.open(store)) {
            assertThat(ownership.failure()).isEmpty();
            IntStream.range(0, count)
                    .mapToObj(number -> log.append(TestLog.leaf(number)).toCompletableFuture())
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private void execute(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + appliance.file());
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Command migrate(String... more) {
        List<String> words = List.of("store", "migrate", "--config", "@/appliance.yaml", "--to", address);
        return CommandHere.run(
                folder,
                IntStream.range(0, words.size() + more.length)
                        .mapToObj(i -> i < words.size() ? words.get(i) : more[i - words.size()])
                        .toArray(String[]::new));
    }

    private void assertThatItEnds(int exitCode, String why) {
        Command ended = migrate();
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("sealkeeper: ").contains(why).doesNotContain("unexpected failure");
    }

    @Test
    void itSaysWhatItMovedAndWhatToSetNext() {
        assertThat(migrate().succeeded().out())
                .contains("audit_leaf           60")
                .contains("heads of chains      1\n")
                .contains("moved to " + database + "; every row was read back and is the same\n")
                .endsWith("now set in appliance.yaml, before you start it: store: \"" + address + "\"\n");
        assertThat(migrate().succeeded().out())
                .startsWith("moved before, at 2")
                .endsWith("store: \"" + address + "\"\n");
    }

    @Test
    void asJsonItTellsRowsRootAndHeads() {
        JsonNode told = Blocks.json(migrate("--json").succeeded().out());
        assertThat(told.get("movedTo").asText()).isEqualTo(database.toString());
        assertThat(told.get("rows").get("audit_leaf").asLong())
                .isEqualTo(told.get("leaves").asLong())
                .isGreaterThan(600);
        assertThat(told.get("heads").get("lab-a").asLong()).isEqualTo(7);
        try (Store store = Store.open(database)) {
            var log = new LogHistory(store);
            assertThat(told.get("root").asText())
                    .isEqualTo(log.range(log.size()).root().base64());
        }
    }

    @Test
    void theTokenGoesOnKnowingTheStoreAndNoBackupOfTheOldOne() throws IOException {
        Path backup = Files.copy(appliance.file(), folder.resolve("backup.db"));
        migrate().succeeded();
        try (Store store = Store.open(database);
                var _ = ServingLock.take(database)) {
            append(store, 1);
        }
        Files.copy(backup, appliance.file(), StandardCopyOption.REPLACE_EXISTING);
        try (Store old = appliance.openStore();
                Ownership _ = appliance.own(old)) {
            assertThat(old.whyStopped())
                    .hasValueSatisfying(why -> assertThat(why.reason()).isEqualTo(StopReason.STORE_BEHIND));
        }
        assertThatItEnds(ExitCode.USAGE, "found this very store, complete: it was moved here before");
    }

    @Test
    void whileAnApplianceRunsOrKeysAreChangedNothingIsMoved() {
        try (var _ = ServingLock.take(new StoreLocation.Embedded(appliance.file()))) {
            assertThatItEnds(ExitCode.FAULT, "an appliance runs on this store; stop it first");
        }
        try (var _ = ProvisioningLock.take(new StoreLocation.Embedded(appliance.file()))) {
            assertThatItEnds(ExitCode.USAGE, "another command that changes keys is running on this store");
        }
        appliance.openStore().close();
        assertThatThrownBy(() -> Store.open(database)).hasMessageContaining("expected a store, found none");
    }

    /** Row by row it is the same: only who signed the log knows. */
    @Test
    void aLogWhoseRootIsNotTheSignedOneIsNotMoved() throws SQLException {
        execute("DROP TRIGGER audit_leaf_is_never_changed", "UPDATE audit_leaf SET entry = x'00' WHERE idx = 99");
        assertThatItEnds(ExitCode.INVALID, "leaves: expected the root of the signed checkpoint, ");
        appliance.openStore().close();
    }

    @Test
    void aLogWhoseTilesAreNotOfItsLeavesIsNotMoved() throws SQLException {
        execute("UPDATE audit_tile SET hashes = zeroblob(8192) WHERE level = 0 AND idx = 1");
        assertThatItEnds(ExitCode.INVALID, "leaves: expected the root of the source's log, ");
        appliance.openStore().close();
    }

    @Test
    void aHeadThatIsNotAtTheHighestClaimIsNotMoved() throws SQLException {
        execute("UPDATE chain_head SET height = 6");
        assertThatItEnds(ExitCode.INVALID, "table chain_head, chain lab-a: expected the head at the highest claim, 7");
        appliance.openStore().close();
    }

    @Test
    void onlyAnEmbeddedStoreIsMovedAndOnlyIntoADatabase() throws IOException {
        address = "store2.db";
        assertThatItEnds(ExitCode.USAGE, "--to: expected postgresql://");
        address =
                "postgresql://sealkeeper:secret@localhost/ledger?passwordFile=a&certificateAuthorities=none&state=b&appliance=a";
        assertThatItEnds(ExitCode.USAGE, "--to: expected the user's name before the '@', and no password");
        assertThat(migrate().err()).doesNotContain("secret");

        Path config = folder.resolve("appliance.yaml");
        address = database + "?passwordFile=postgresql.password&certificateAuthorities=none&state=state&appliance=a";
        Files.writeString(config, Files.readString(config).replace("store: store.db", "store: \"" + address + "\""));
        assertThatItEnds(ExitCode.USAGE, "expected 'store' in appliance.yaml to be the file of an embedded store");
    }
}
