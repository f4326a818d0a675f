package org.sealkeeper.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Flyway's table of the migrations that were made. To have Flyway tell whether there are any takes as long as to migrate. */
final class MigrationHistory {
    static final String TABLE = "flyway_schema_history";

    private MigrationHistory() {}

    /**
     * Whether any migration was made.
     *
     * @param existence a query with a row where the table is there
     * @param table its name
     */
    static boolean hasAny(Connection connection, String existence, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return finds(statement, existence) && finds(statement, "SELECT 1 FROM " + table);
        }
    }

    private static boolean finds(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
