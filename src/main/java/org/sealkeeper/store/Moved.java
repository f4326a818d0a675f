package org.sealkeeper.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;

/**
 * The mark of an embedded store that was moved into another database. Nothing opens it as a ledger's store any more, and nothing is written
 * to it, also not by a process that opened it before.
 *
 * @param address where the store is now
 * @param at since when, RFC 3339
 */
public record Moved(String address, String at) {

    /** The mark of this store; empty where it was not moved. */
    public static Optional<Moved> of(Rows rows) throws SQLException {
        return rows.first(
                "SELECT address, moved_at FROM store_moved WHERE id = 1",
                row -> new Moved(row.getString(1), row.getString(2)));
    }

    /** Marks the store, and closes its tables. To be the last of its transactions. */
    public void mark(Rows rows) throws SQLException {
        rows.update("INSERT INTO store_moved (id, address, moved_at) VALUES (1, ?, ?)", address, at);
        for (String table : rows.list(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
                row -> row.getString(1))) {
            for (String change : List.of("INSERT", "UPDATE", "DELETE")) {
                rows.execute("CREATE TRIGGER moved_" + table + "_" + change + " BEFORE " + change + " ON " + table
                        + " BEGIN SELECT RAISE(ABORT, 'this store was moved'); END");
            }
        }
    }

    /**
     * Makes sure that a file is a store that was not moved. Looked at before its tables are brought up to date, which they are no more.
     *
     * @throws ConfigurationFault saying where it is now
     */
    static void requireNone(Path file) {
        try (Rows rows = new Rows(SqliteStore.dataSource(file, false).getConnection())) {
            boolean mayBe = rows.first("SELECT 1 FROM sqlite_master WHERE name = 'store_moved'", row -> true)
                    .orElse(false);
            Optional<Moved> mark = mayBe ? of(rows) : Optional.empty();
            if (mark.isPresent()) {
                throw new ConfigurationFault(file + ": this store was moved to " + mark.get().address + " at "
                        + mark.get().at + ", and is used no more; set 'store' in appliance.yaml to that database");
            }
        } catch (SQLException e) {
            throw OpeningFailure.of(file, e);
        }
    }
}
