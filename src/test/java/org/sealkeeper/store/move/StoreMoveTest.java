package org.sealkeeper.store.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;

/** What is moved, what is refused, and what becomes of the store that was moved. */
@Timeout(240)
class StoreMoveTest extends MovingStores {
    @Test
    void everyRowIsCarriedExactlyAndTheStoreIsMoved() throws Exception {
        assertThat(move())
                .isInstanceOfSatisfying(
                        MoveOutcome.Complete.class,
                        complete -> assertThat(complete.rows())
                                .containsKeys(Tables.NAMES.toArray(String[]::new))
                                .containsEntry("block", 700L)
                                .hasEntrySatisfying(
                                        "audit_tile", tiles -> assertThat(tiles).isGreaterThan(7))
                                .hasEntrySatisfying(
                                        "audit_leaf",
                                        leaves -> assertThat(leaves).isGreaterThan(LEAVES)));
        assertThatTheCopyIsTheStore();
    }

    @Test
    void aServerThatSortsTextsOtherwiseGetsTheSameRows() throws Exception {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE sorted TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
        }
        to = new StoreLocation.Server(
                to.host(), to.port(), "sorted", to.user(), to.passwordFile(), Optional.empty(), to.state(), "a");
        assertThatItMoves();
    }

    @Test
    void aDatabaseWithAnythingElseInItIsRefusedByName() throws Exception {
        leaveUnfinished(onceCopied("UPDATE store_filling SET store = 'another'"));
        assertThatItIsRefused("found the unfinished copy of the store another");

        to = server.newDatabase(folder);
        Store.create(to);
        execute(
                "INSERT INTO signing_key_pair (alias, version, token, purpose, algorithm, state, cka_id, created_at, state_since) VALUES ('a', 1, '', 'p', 'ES256', 'pre-active', 'id', 't', 't')");
        execute("UPDATE store_identity SET identity = 'of-another-ledger'");
        assertThatItIsRefused("found the store of-another-ledger (with rows in signing_key_pair)");
        Store.open(to).close();

        to = server.newDatabase(folder);
        execute("CREATE SCHEMA sealkeeper; CREATE TABLE sealkeeper.friends (name TEXT)");
        assertThatItIsRefused("not a store of this version");
    }

    @Test
    void theTablesOfAStoreOfAnEarlierVersionAreLeftAsTheyAre() throws Exception {
        Store.create(to);
        execute("DROP TABLE store_filling; UPDATE sealkeeper.flyway_schema_history SET version = '0000'");
        assertThatItIsRefused("found a store of an earlier version");
        try (Connection connection = server.connect(to.database())) {
            assertThat(tables(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'sealkeeper'"))
                    .doesNotContain("store_filling");
        }
    }

    private void assertThatItIsRefused(String found) {
        assertThatThrownBy(this::move)
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(to.toString())
                .hasMessageContaining(found);
        Store.open(from).close();
    }

    /** As {@code store init} makes it, by the habit of a new appliance. */
    @Test
    void aNewStoreWithoutRowsIsFilled() throws Exception {
        Store.create(to);
        assertThatItMoves();
    }

    @Test
    void aRowThatIsNotAsInTheStoreIsFoundByItsName() throws Exception {
        assertThatItIsFound(
                "UPDATE block SET caller = 'other' WHERE height = 77",
                "table block, chain Lab-b, height 77: another value than in the source (caller)");
        assertThatItIsFound(
                "UPDATE audit_leaf SET entry = entry || '\\x00' WHERE idx = 1999",
                "table audit_leaf, idx 1999: another value than in the source (entry)");
        assertThatItIsFound(
                "UPDATE block SET audit_index = NULL WHERE height = 0",
                "table block, chain lab-a, height 0: another value than in the source (audit_index)");
        assertThatItIsFound(
                "DELETE FROM chain_head WHERE chain = 'Lab_601'",
                "table chain_head, chain Lab_601: expected this row, found none");
        assertThatItIsFound(
                "INSERT INTO witnessed_log VALUES ('one more', 1, 'r', 'c')",
                "table witnessed_log, origin one more: expected no such row, found one");
        assertThatItIsFound(
                "UPDATE recipient SET retired_at = '' WHERE retired_at IS NULL",
                "table recipient, name lab-a, enrolled_at t1: another value than in the source (retired_at)");
    }

    private void assertThatItIsFound(String harm, String difference) {
        to = server.newDatabase(folder);
        assertThat(move(onceCopied(harm), List.of()))
                .isInstanceOfSatisfying(
                        MoveOutcome.Different.class,
                        different -> assertThat(different.difference()).hasToString(difference));
        assertThatTheStoreIsStillTheLedgers();
    }

    /** A command may have opened it a moment before. */
    @Test
    void aStoreThatWasMovedTakesNoMoreWritesAlsoFromAProcessThatHasItOpen() throws Exception {
        try (Store early = Store.open(from)) {
            assertThat(move()).isInstanceOf(MoveOutcome.Complete.class);
            for (String change : List.of(
                    "INSERT INTO block (chain, height, previous_hash, block_hash, signed_at, caller)"
                            + " VALUES ('lab-a', 5000, 'a', 'b', 't', 'c')",
                    "UPDATE chain_head SET height = 5000",
                    "DELETE FROM store_moved")) {
                assertThatThrownBy(() -> early.commit(rows -> rows.update(change)))
                        .isInstanceOf(StoreFault.class)
                        .hasMessageContaining("this store was moved");
            }
        }
        assertThatTheCopyIsTheStore();
    }

    @Test
    void whatWasMovedIsNotMovedAgain() throws Exception {
        StoreLocation.Embedded moved = from;
        assertThatItMoves();
        assertThat(move()).isInstanceOf(MoveOutcome.CompleteBefore.class);

        from = new StoreLocation.Embedded(Files.copy(prepared, folder.resolve("backup.db")));
        assertThatItIsRefused("found this very store, complete: it was moved here before");

        from = moved;
        StoreLocation.Server first = to;
        to = server.newDatabase(folder);
        assertThatThrownBy(this::move)
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("this store was moved to " + first);
    }

    /** One that a migration adds is to be added to the list. */
    @Test
    void everyTableOfBothEnginesIsMoved() throws Exception {
        Store.create(to);
        assertThat(tables("jdbc:sqlite:" + from.file(), "SELECT name FROM sqlite_master WHERE type = 'table'"))
                .containsExactlyInAnyOrderElementsOf(
                        and("flyway_schema_history", "store_moved", "this_appliance", "appliance", "published_key"));
        try (Connection connection = server.connect(to.database())) {
            assertThat(tables(connection, "SELECT tablename FROM pg_tables WHERE schemaname LIKE 'sealkeeper%'"))
                    .containsExactlyInAnyOrderElementsOf(and(
                            "flyway_schema_history",
                            "flyway_schema_history",
                            "store_filling",
                            "writer_turn",
                            "this_appliance",
                            "appliance",
                            "published_key"));
        }
    }

    private static List<String> and(String... notMoved) {
        List<String> all = new ArrayList<>(Tables.NAMES);
        all.addAll(List.of(notMoved));
        return all;
    }

    private static List<String> tables(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            return tables(connection, sql);
        }
    }

    private static List<String> tables(Connection connection, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
