package org.sealkeeper.store;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
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
        var schemas = new PostgresSchemas(server);
        try {
            if (schemas.haveLedger()) {
                throw new ConfigurationFault(server
                        + ": a store already exists here; it is never overwritten. Where it is one of other appliances that "
                        + "this one is to share, see 'sealkeeper store join --help'");
            }
            schemas.migrate();
        } catch (FlywayException e) {
            throw PostgresFailure.atOpening(server, e);
        }
        enter(server);
    }

    static void join(StoreLocation.Server server) {
        requireLocal(server);
        requireDurable(server);
        var schemas = new PostgresSchemas(server);
        try {
            if (!schemas.haveLedger()) {
                throw new ConfigurationFault(server
                        + ": expected a store of other appliances, found none; 'sealkeeper store init' makes one");
            }
            if (schemas.haveAppliance()) {
                throw new ConfigurationFault(server + ": the appliance '" + server.appliance()
                        + "' is one of the store's already; to join another, give it a name of its own");
            }
            schemas.migrate();
        } catch (FlywayException e) {
            throw PostgresFailure.atOpening(server, e);
        }
        enter(server);
    }

    /** If we crash before, the schemas are there without the appliance's row, and it does not start: {@link #requireEntered}. */
    private static void enter(StoreLocation.Server server) {
        try (Store store = connect(server)) {
            Filling.requireNone(store, server);
            int _ = store.commit(rows -> Appliances.enter(rows, server.appliance()));
        }
    }

    static Store open(StoreLocation.Server server) {
        requireLocal(server);
        requireDurable(server);
        migrate(server);
        Store store = connect(server);
        try {
            Filling.requireNone(store, server);
            requireEntered(store, server);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static void requireEntered(Store store, StoreLocation.Server server) {
        if (!store.read(rows -> Appliances.isEntered(rows, server.appliance()))) {
            throw new ConfigurationFault(server + ": the appliance '" + server.appliance()
                    + "' is none of this store's: its schema was left by a command that was interrupted. Drop that schema (DROP SCHEMA "
                    + new PostgresConnections(server).own() + " CASCADE), and run 'sealkeeper store join'");
        }
    }

    /** Opens it whether or not it is complete, and makes its tables where there are none. Those of another store are left as they are. */
    static Store openToFill(StoreLocation.Server server) {
        requireLocal(server);
        requireDurable(server);
        var schemas = new PostgresSchemas(server);
        try {
            if (schemas.areOfEarlierVersion()) {
                throw new ConfigurationFault(
                        server + ": expected an empty database, found a store of an earlier version; name "
                                + "another one, or, where it is the unfinished copy of a store, empty it ("
                                + schemas.drop() + ")");
            }
            schemas.migrate();
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
        var schemas = new PostgresSchemas(server);
        try {
            if (!schemas.haveLedger()) {
                throw new ConfigurationFault(
                        server + ": expected a store, found none. If this appliance has never signed, create "
                                + "one with 'sealkeeper store init'; otherwise find out where the store went before you go on");
            }
            if (!schemas.haveAppliance()) {
                throw new ConfigurationFault(server + ": expected the appliance '" + server.appliance()
                        + "' to be one of the store's, found nothing of it. If it has never signed, have it join with 'sealkeeper "
                        + "store join'; otherwise find out where the store went before you go on");
            }
            schemas.migrate();
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
}
