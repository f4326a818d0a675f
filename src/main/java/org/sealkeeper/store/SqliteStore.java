package org.sealkeeper.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.pattern.ValidatePattern;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** The embedded store: one SQLite file in WAL mode whose every commit is an fsync (synchronous=FULL). */
final class SqliteStore {
    private static final int READERS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private SqliteStore() {}

    /**
     * Makes a new, empty store that only its owner can read.
     *
     * @throws ConfigurationFault if something already lies there: a store is never emptied
     * @throws org.sealkeeper.config.FileFault if the disk is full, or fails
     * @throws StoreFault as above, where SQLite found out
     */
    static void create(Path file) {
        makeFolder(file);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new ConfigurationFault(file + ": a store already exists here; it is never overwritten", e);
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        }
        try {
            migrate(file, true);
        } catch (RuntimeException e) {
            deleteUnfinished(file);
            throw e;
        }
    }

    private static void makeFolder(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        }
    }

    /** Nothing is in it: the next try would refuse to go on where it lies. */
    private static void deleteUnfinished(Path file) {
        for (String part : List.of("", "-wal", "-shm", "-journal")) {
            try {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
            } catch (IOException e) {
                throw FileFailure.unwritable(file, e);
            }
        }
    }

    /**
     * Opens an existing store and brings its tables up to date.
     *
     * <p>A missing file is never taken for a new ledger: the appliance would forget every block it signed.
     *
     * @throws ConfigurationFault if it is missing, or not a store of this or an earlier version
     * @throws StoreFault if it cannot be opened now: the disk is full or read-only, another process locks it
     */
    static Store open(Path file) {
        requireWritable(file);
        Moved.requireNone(file);
        return openToMove(file);
    }

    /** As above, also where it was moved. */
    static Store openToMove(Path file) {
        requireWritable(file);
        migrate(file, false);
        try {
            return new DatabaseStore(readers(file), new SqliteEngine(file), () -> StoreFile.placeOf(file));
        } catch (SQLException e) {
            throw OpeningFailure.of(file, e);
        }
    }

    private static void requireWritable(Path file) {
        requireFile(file);
        if (!Files.isWritable(file) || !Files.isWritable(file.toAbsolutePath().getParent())) {
            throw OpeningFailure.notWritable(file, null);
        }
    }

    /** One that cannot be seen is not missing: the message must not ask for a new one. */
    private static void requireFile(Path file) {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw OpeningFailure.missing(file);
            }
        } catch (IOException e) {
            throw OpeningFailure.ofFile(file, e);
        }
    }

    /** Only a new file may be empty: one that lost its content is no new ledger. */
    private static void migrate(Path file, boolean isNew) {
        SQLiteDataSource database = dataSource(file, false);
        try {
            if (!isNew && !wasMigrated(database)) {
                throw OpeningFailure.foreign(file, new FlywayException("it has none of them"));
            }
            Flyway.configure(SqliteStore.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:migrations/sqlite")
                    .failOnMissingLocations(true)
                    .ignoreMigrationPatterns(
                            new ValidatePattern[0]) // also a newer version's, which this one cannot read
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException | SQLException e) {
            throw OpeningFailure.of(file, e);
        }
    }

    private static boolean wasMigrated(SQLiteDataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return MigrationHistory.hasAny(
                    connection,
                    "SELECT 1 FROM sqlite_schema WHERE name = '" + MigrationHistory.TABLE + "'",
                    MigrationHistory.TABLE);
        }
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

    static SQLiteDataSource dataSource(Path file, boolean readOnly) {
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
