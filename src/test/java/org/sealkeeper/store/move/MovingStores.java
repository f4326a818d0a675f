package org.sealkeeper.store.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.PostgresServer;
import org.sealkeeper.testing.TestLog;

/** A store whose log was signed by a real token, with rows in every table, and a real server to move it into. */
abstract class MovingStores {
    static final MoveProgress SILENT = (what, done, total) -> {};
    static final int LEAVES = 2_100;

    /** Rows of every table, with nulls, small and large numbers, and texts that SQLite and ICU sort otherwise. */
    private static final List<String> ROWS = List.of(
            "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 699)"
                    + " INSERT INTO block SELECT CASE i % 2 WHEN 0 THEN 'lab-a' ELSE 'Lab-b' END, i, 'aa', 'hash-' || i,"
                    + " '2026-01-01T00:00:00Z', 'node', CASE WHEN i < 690 THEN 'k' END, CASE WHEN i < 690 THEN 'ES256' END,"
                    + " CASE WHEN i < 690 THEN 'jws-' || i END, CASE WHEN i < 500 THEN i END, CASE WHEN i < 5 THEN '0 1' END, ''"
                    + " FROM n",
            "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 699)"
                    + " INSERT INTO chain_head SELECT CASE i % 2 WHEN 0 THEN 'lab-' ELSE 'Lab_' END || i, i, 'h', i FROM n",
            "INSERT INTO chain_handover VALUES ('lab-z', 3, 'away', 'lab-b.example/log', 7, 't', '')",
            "INSERT INTO key_encryption_key VALUES ('patient-data', 1, 'active', 'ab', 't', 'one,two')",
            "INSERT INTO key_encryption_key VALUES ('patient-data', 2, 'pre-active', 'ac', 't', '')",
            "INSERT INTO recipient VALUES ('lab-a', 'key', 'retired', 'c', 't1', NULL), ('lab-a', 'key', 'enrolled', 'c', 't2', 't3')",
            "INSERT INTO rewrap_window VALUES ('patient-data', 1, 2, 'open', 'ad', 't', NULL)",
            "INSERT INTO emergency_access VALUES (7, 'c', 'k', 'BTG', 's', 'Zürich 🚑, ''quoted''\n', 4102444800000, 1, NULL)",
            "INSERT INTO emergency_review VALUES (9, 7, 'c', 'justified', 's', 'a note', 4102444800001)",
            "INSERT INTO officers VALUES (1, 'd', 'officers: []', 't')",
            "INSERT INTO approved_policy VALUES ('d', 't')",
            "INSERT INTO ceremony VALUES ('d', '{}', 'a.b.c', NULL, 'done', 't', 1, 't', 2, '{}')",
            "INSERT INTO ceremony VALUES ('e', '{}', '', 'pem', 'begun', 't', 3, NULL, NULL, NULL)",
            "INSERT INTO policy_version VALUES ('d', '" + "roles: {}\n".repeat(9_000) + "', 't')",
            "INSERT INTO witnessed_log VALUES ('peer', 9007199254740993, 'r', 'c')",
            "INSERT INTO fhir_cursor VALUES ('https://fhir.example', 'lab-a', 9007199254740993)");

    static PostgresServer server;
    static Path prepared;

    @TempDir
    Path folder;

    StoreLocation.Embedded from;
    StoreLocation.Server to;

    @BeforeAll
    static void fillAStore(@TempDir Path shared) throws Exception {
        server = PostgresServer.start();
        try (TestLog appliance = TestLog.in(shared)) {
            prepared = appliance.file();
            try (Store store = appliance.openStore();
                    var ownership = appliance.own(store);
                    AuditLog log = appliance.open(store)) {
                assertThat(ownership.failure()).isEmpty();
                IntStream.range(0, LEAVES)
                        .mapToObj(number -> log.append(TestLog.leaf(number)).toCompletableFuture())
                        .toList()
                        .forEach(CompletableFuture::join);
            }
            try (Store store = appliance.openStore()) { // unguarded
                for (String row : ROWS) {
                    int _ = store.commit(rows -> rows.update(row));
                }
            }
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void copyTheStore() throws IOException {
        from = new StoreLocation.Embedded(Files.copy(prepared, folder.resolve("store.db")));
        to = server.newDatabase(folder);
    }

    MoveOutcome move() {
        return move(SILENT, List.of());
    }

    MoveOutcome move(MoveProgress progress, List<MoveCheck> checks) {
        try (Store source = Store.openToMove(from);
                Store copy = Store.openToFill(to)) {
            return new StoreMove(source, copy, to, InstantSource.system(), progress).run(checks);
        }
    }

    void assertThatItMoves() throws SQLException {
        assertThat(move()).isInstanceOf(MoveOutcome.Complete.class);
        assertThatTheCopyIsTheStore();
    }

    /** By other statements than those that are tested. */
    void assertThatTheCopyIsTheStore() throws SQLException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + from.file());
                Connection postgres = server.connect(to.database());
                Statement path = postgres.createStatement()) {
            path.execute("SET search_path = sealkeeper_a, sealkeeper");
            path.execute(
                    "UPDATE chain_handover SET appliance = '' WHERE appliance = 'a'"); // it has the name once it is
            // moved
            for (String table : Tables.NAMES) {
                Set<String> copied = rowsOf(postgres, table);
                assertThat(copied).as(table).isNotEmpty().isEqualTo(rowsOf(sqlite, table));
            }
        }
        assertThatTheStoreIsMoved();
        Store.open(to).close();
    }

    void assertThatTheStoreIsMoved() {
        assertThatThrownBy(() -> Store.open(from))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(from + ": this store was moved to " + to + " at 2")
                .hasMessageContaining("set 'store' in appliance.yaml");
    }

    void assertThatTheCopyIsUnfinished() {
        assertThatThrownBy(() -> Store.open(to))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("run 'sealkeeper store migrate' again");
    }

    void assertThatTheStoreIsStillTheLedgers() {
        Store.open(from).close();
        assertThatTheCopyIsUnfinished();
    }

    private static Set<String> rowsOf(Connection connection, String table) throws SQLException {
        var all = new TreeSet<String>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                var row = new TreeMap<String, String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    row.put(
                            rows.getMetaData().getColumnName(i),
                            value instanceof byte[] bytes
                                    ? "bytes " + HexFormat.of().formatHex(bytes)
                                    : value instanceof String ? "text " + value : "" + value);
                }
                all.add(row.toString());
            }
        }
        return all;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(to.database());
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = sealkeeper_a, sealkeeper");
            statement.execute("SET session_replication_role = replica"); // triggers are for others
            statement.execute(sql);
        }
    }

    /** Does it when the last table was copied, and nothing compared yet. */
    MoveProgress onceCopied(String sql) {
        var done = new AtomicBoolean();
        return (what, at, total) -> {
            if (what.equals("rows of witnessed_log copied") && done.compareAndSet(false, true)) {
                try {
                    execute(sql);
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    void leaveUnfinished(MoveProgress progress) {
        assertThat(move(progress, List.of((source, copy) -> Optional.of(new Difference("t", "k", "w")))))
                .isInstanceOf(MoveOutcome.Different.class);
    }
}
