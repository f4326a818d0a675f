package org.sealkeeper.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.pattern.ValidatePattern;
import org.sealkeeper.config.StoreLocation;

/** The two schemas of a store in PostgreSQL: one that all its appliances share, with the ledger, and one of this appliance's own. */
final class PostgresSchemas {
    private final StoreLocation.Server server;
    private final PostgresConnections connections;
    private final Flyway shared;
    private final Flyway own;

    PostgresSchemas(StoreLocation.Server server) {
        this.server = server;
        this.connections = new PostgresConnections(server);
        this.shared = tables(server, PostgresConnections.SHARED, "shared");
        this.own = tables(server, connections.own(), "own");
    }

    private Flyway tables(StoreLocation.Server server, String schema, String migrations) {
        return Flyway.configure(PostgresSchemas.class.getClassLoader())
                .dataSource(connections.url(), server.user(), null)
                .jdbcProperties(connections.properties(false))
                .schemas(schema)
                .locations("classpath:migrations/postgresql/" + migrations)
                .failOnMissingLocations(true)
                .ignoreMigrationPatterns(new ValidatePattern[0]) // also a newer version's, which this one cannot read
                .cleanDisabled(true)
                .load();
    }

    boolean haveLedger() {
        return wasMigrated(PostgresConnections.SHARED);
    }

    boolean haveAppliance() {
        return wasMigrated(connections.own());
    }

    private boolean wasMigrated(String schema) {
        String table = schema + "." + MigrationHistory.TABLE;
        try (Connection connection = connections.openForWriting()) {
            return MigrationHistory.hasAny(
                    connection, "SELECT 1 WHERE to_regclass('" + table + "') IS NOT NULL", table);
        } catch (SQLException e) {
            throw PostgresFailure.atOpening(server, e);
        }
    }

    /** Whether there are tables, and they lack something. */
    boolean areOfEarlierVersion() {
        return Stream.of(shared, own)
                .map(Flyway::info)
                .anyMatch(tables -> tables.current() != null && tables.pending().length > 0);
    }

    void migrate() {
        shared.migrate();
        own.migrate();
    }

    /** The statement that empties the database. */
    String drop() {
        return "DROP SCHEMA " + PostgresConnections.SHARED + ", " + connections.own() + " CASCADE";
    }
}
