package org.sealkeeper.store;

import java.sql.SQLException;
import java.util.Optional;

/** Not the driver's own transactions, which take the lock of the next one as soon as they end. */
final class SqliteTransactions implements Transactions {
    private Optional<Long> version = Optional.empty();

    /** Asks PRAGMA data_version, which the connection's own commits do not change. */
    @Override
    public boolean begin(Rows rows) throws SQLException {
        rows.execute("BEGIN IMMEDIATE");
        Optional<Long> before = version;
        version = rows.first("PRAGMA data_version", row -> row.getLong(1));
        return !version.equals(before);
    }

    @Override
    public void commit(Rows rows) throws SQLException {
        rows.execute("COMMIT");
    }
}
