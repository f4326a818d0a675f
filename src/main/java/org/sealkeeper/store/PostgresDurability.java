package org.sealkeeper.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What makes a commit of PostgreSQL durable: a power failure must not take back what was answered (PostgreSQL, 19.5 and 30.1). */
final class PostgresDurability {
    /** Asked for by each connection, whatever the server, the database or the role says. */
    static final String OF_COMMITS = "-c synchronous_commit=on";

    private PostgresDurability() {}

    /** @throws SQLException where the server does not wait for its disk; only its operator can have it do so */
    static void require(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                // Another database of the same protocol may have no such setting.
                var row = statement.executeQuery("SELECT current_setting('fsync', true)")) {
            if (row.next() && "off".equals(row.getString(1))) {
                throw new SQLException(
                        "expected a server with fsync = on, found off: a power failure would lose blocks that were answered;"
                                + " set it in postgresql.conf, and reload the server",
                        PostgresFailure.NOT_DURABLE);
            }
        }
        connection.rollback();
    }
}
