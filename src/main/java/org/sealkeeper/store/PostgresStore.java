package org.sealkeeper.store;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.pattern.ValidatePattern;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.config.SecretFile;
import org.sealkeeper.config.StoreLocation;

/** A store in a database of a PostgreSQL server, version 13 or later. */
final class PostgresStore {
    private PostgresStore() {}

    static void create(StoreLocation.Server server) {
        requireLocal(server);
        requireDurable(server);
        Flyway tables = tables(server);
        try {
            if (tables.info().current() != null) {
                throw new ConfigurationFault(server + ": a store already exists here; it is never overwritten");
            }
            tables.migrate();
        } catch (FlywayException e) {
            throw PostgresFailure.atOpening(server, e);
        }
    }

    static Store open(StoreLocation.Server server) {
        requireLocal(server);
        requireDurable(server);
        migrate(server);
        Store store = connect(server);
        try {
            Filling.requireNone(store, server);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Opens it whether or not it is complete, and makes its tables where there are none. Those of another store are left as they are. */
    static Store openToFill(StoreLocation.Server server) {
        requireLocal(server);
        requireDurable(server);
        try {
            Flyway tables = tables(server);
            if (tables.info().current() != null && tables.info().pending().length > 0) {
                throw new ConfigurationFault(
                        server + ": expected an empty database, found a store of an earlier version; name "
                                + "another one, or, where it is the unfinished copy of a store, empty it (DROP SCHEMA sealkeeper CASCADE)");
            }
            tables.migrate();
        } catch (FlywayException e) {
            throw PostgresFailure.atOpening(server, e);
        }
        return connect(server);
    }

    private static Store connect(StoreLocation.Server server) {
        var connections = new PostgresConnections(server);
        try {
            return new DatabaseStore(
                    connections.readers(),
                    new PostgresEngine(connections),
                    () -> StoreFile.placeOf(server.beside(ServingLock.ENDING)));
        } catch (SQLException e) {
            throw PostgresFailure.atOpening(server, e);
        }
    }

    private static void requireDurable(StoreLocation.Server server) {
        try (Connection _ = new PostgresConnections(server).openForWriting()) {
            // That it opens is all.
        } catch (SQLException e) {
            throw PostgresFailure.atOpening(server, e);
        }
    }

    private static void migrate(StoreLocation.Server server) {
        try {
            Flyway tables = tables(server);
            if (tables.info().current() == null) {
                throw new ConfigurationFault(
                        server + ": expected a store, found none. If this appliance has never signed, create "
                                + "one with 'sealkeeper store init'; otherwise find out where the store went before you go on");
            }
            tables.migrate();
        } catch (FlywayException e) {
            throw PostgresFailure.atOpening(server, e);
        }
    }

    static ConfigurationFault foreign(StoreLocation.Server server, String said, Throwable failure) {
        return new ConfigurationFault(
                server + ": not a store of this version: expected the tables of this or an earlier one, found others ("
                        + said + "); name another database in appliance.yaml, or start the version that wrote it",
                failure);
    }

    /** The password is looked at before the server is asked, and locks need their folder. */
    private static void requireLocal(StoreLocation.Server server) {
        SecretFile.open(server.passwordFile(), SecretFile.Kind.PASSWORD).close();
        try {
            Files.createDirectories(server.state());
        } catch (IOException e) {
            throw FileFailure.unwritable(server.state(), e);
        }
    }

    private static Flyway tables(StoreLocation.Server server) {
        var connections = new PostgresConnections(server);
        return Flyway.configure(PostgresStore.class.getClassLoader())
                .dataSource(connections.url(), server.user(), null)
                .jdbcProperties(connections.properties(false))
                .schemas(PostgresConnections.SCHEMA)
                .locations("classpath:migrations/postgresql")
                .failOnMissingLocations(true)
                .ignoreMigrationPatterns(new ValidatePattern[0]) // also a newer version's, which this one cannot read
                .cleanDisabled(true)
                .load();
    }
}
