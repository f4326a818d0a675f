package org.sealkeeper.store;

import java.sql.SQLException;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;

/**
 * The mark of a database that an embedded store is being moved into. While it is there, nothing opens the database as a ledger's store.
 *
 * @param store the identity of the store that is copied
 * @param content a digest of what that store had when the copy was begun
 * @param table the one that is being copied; those before it are complete
 * @param rows how many of its rows are copied
 */
public record Filling(String store, String content, String table, long rows) {

    /** The mark of this database; empty where it is not being filled. */
    public static Optional<Filling> of(Rows rows) throws SQLException {
        return rows.first(
                "SELECT store, content, copied_table, copied_rows FROM store_filling WHERE id = 1",
                row -> new Filling(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
    }

    /** This copy, when it came so far. */
    public Filling at(String otherTable, long copied) {
        return new Filling(store, content, otherTable, copied);
    }

    /** Marks the database, in the transaction that makes it true. */
    public void keep(Rows rows) throws SQLException {
        rows.update("""
                INSERT INTO store_filling (id, store, content, copied_table, copied_rows) VALUES (1, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET store = excluded.store, content = excluded.content,
                copied_table = excluded.copied_table, copied_rows = excluded.copied_rows""", store, content, table, this.rows);
    }

    /** Removes the mark: from now on the database is a ledger's store, and this appliance the first of those that use it. */
    public static int end(Rows rows, StoreLocation.Server server) throws SQLException {
        if (!Appliances.isEntered(rows, server.appliance())) {
            Appliances.enter(rows, server.appliance());
        }
        rows.update("UPDATE chain_handover SET appliance = ?", server.appliance());
        return rows.update("DELETE FROM store_filling");
    }

    /** @throws ConfigurationFault if the database is not complete */
    static void requireNone(Store opened, StoreLocation.Server server) {
        Optional<Filling> mark = opened.read(Filling::of);
        if (mark.isPresent()) {
            throw new ConfigurationFault(server + ": the store " + mark.get().store
                    + " is being moved here, and is not complete; run 'sealkeeper store migrate' again until it says that "
                    + "the store was moved");
        }
    }
}
