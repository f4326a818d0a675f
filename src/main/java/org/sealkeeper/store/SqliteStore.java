package org.sealkeeper.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sealkeeper.config.ConfigurationFault;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** The embedded store: one SQLite file in WAL mode whose every commit is an fsync (synchronous=FULL). */
public final class SqliteStore implements Store {
    private static final int READERS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private final AgroalDataSource readers;
    private final GroupCommit writer;

    private SqliteStore(Path file) throws SQLException {
        this.readers = readers(file);
        this.writer = new GroupCommit(dataSource(file, false)::getConnection);
    }

    /**
     * Makes a new, empty store that only its owner can read.
     *
     * @throws ConfigurationFault if something already lies there: a store is never emptied
     */
    public static void create(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new ConfigurationFault(file + ": a store already exists here; it is never overwritten", e);
        } catch (IOException e) {
            throw new ConfigurationFault(file + ": the store cannot be created: " + e.getMessage(), e);
        }
        try {
            migrate(file);
        } catch (RuntimeException e) {
            deleteUnfinished(file);
            throw e;
        }
    }

    /** Nothing is in it: the next try would refuse to go on where it lies. */
    private static void deleteUnfinished(Path file) {
        for (String part : List.of("", "-wal", "-shm", "-journal")) {
            try {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
            } catch (IOException e) {
                throw new ConfigurationFault(
                        file + part + ": an unfinished store cannot be deleted: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Opens an existing store and brings its tables up to date.
     *
     * <p>A missing file is never taken for a new ledger: the appliance would forget every block it signed.
     *
     * @throws ConfigurationFault if it is missing, or not a store of this or an earlier version
     */
    public static SqliteStore open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ConfigurationFault(
                    file + ": expected a store, found none. If this appliance has never signed, create "
                            + "one with 'sealkeeper store init'; otherwise find out where the store went before you go on");
        }
        migrate(file);
        try {
            return new SqliteStore(file);
        } catch (SQLException e) {
            throw new ConfigurationFault(file + ": the store cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void migrate(Path file) {
        try {
            Flyway.configure(SqliteStore.class.getClassLoader())
                    .dataSource(dataSource(file, false))
                    .locations("classpath:migrations")
                    .failOnMissingLocations(true)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new ConfigurationFault(file + ": not a store of this version: " + e.getMessage(), e);
        }
    }

    @Override
    public <T> CompletionStage<T> write(Work<T> work) {
        return writer.submit(work);
    }

    @Override
    public <T> T read(Work<T> query) {
        try (Rows rows = new Rows(readers.getConnection())) {
            return query.run(rows);
        } catch (SQLException e) {
            throw new StoreFault("the store could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // A reader cannot fold the write-ahead log into the file, and the last to close must: who copies the file then,
        // has all.
        readers.close();
        writer.close();
    }

    private static AgroalDataSource readers(Path file) throws SQLException {
        var configuration = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(READERS)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        .connectionFactoryConfiguration(factory -> {
                            factory.jdbcUrl(url(file));
                            settings(true)
                                    .toProperties()
                                    .forEach((name, value) -> factory.jdbcProperty(name.toString(), value.toString()));
                            return factory;
                        }));
        return AgroalDataSource.from(configuration);
    }

    private static SQLiteDataSource dataSource(Path file, boolean readOnly) {
        var source = new SQLiteDataSource(settings(readOnly));
        source.setUrl(url(file));
        return source;
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    private static SQLiteConfig settings(boolean readOnly) {
        var settings = new SQLiteConfig();
        settings.setReadOnly(readOnly);
        settings.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        if (!readOnly) {
            settings.setJournalMode(JournalMode.WAL);
            settings.setSynchronous(SynchronousMode.FULL);
            settings.enforceForeignKeys(true);
        }
        return settings;
    }
}
