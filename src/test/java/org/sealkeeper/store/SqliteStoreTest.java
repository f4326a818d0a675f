package org.sealkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    private Path file;

    @Override
    StoreLocation newLocation() {
        file = folder.resolve("store/sealkeeper.db");
        return new StoreLocation.Embedded(file);
    }

    /** The appliance writes to the file itself then: another process's change must not pass for its own. */
    @Test
    void aFileThatIsOverwrittenWhileTheLogIsFoldedIntoItIsFoundOut() throws Exception {
        byte[] backup = Files.readAllBytes(file);
        var overwrittenAt64 = new CommitGuard() {
            private int commits;

            @Override
            public void before(Rows rows) {}

            @Override
            public void after(Rows rows) {}

            @Override
            public CompletionStage<?> committed() {
                if (++commits == 64) {
                    overwrite(backup);
                }
                return CompletableFuture.completedStage(true);
            }

            @Override
            public void failed() {}
        };
        store.guard(overwrittenAt64);
        for (int i = 0; i < 64; i++) {
            write("chain-" + i, 1);
        }
        assertThatThrownBy(() -> write("late", 1)).hasCauseInstanceOf(WritingStopped.class);
    }

    private void overwrite(byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aMissingStoreIsNeverTakenForANewLedger() {
        Path missing = folder.resolve("missing.db");

        assertThatThrownBy(() -> SqliteStore.open(missing))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("expected a store, found none")
                .hasMessageContaining("sealkeeper store init");
        assertThat(missing).doesNotExist();
    }

    @Test
    void onlyItsOwnerCanReadTheStore() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsNoStoreIsRefused() throws Exception {
        Path text = Files.writeString(
                folder.resolve("text.db"), "this is no database, it is a letter to a friend".repeat(40));

        assertThatThrownBy(() -> SqliteStore.open(text))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("a file that is none, or is damaged (SQLITE_NOTADB)");
    }

    /** Cut to nothing by a full disk, say: opened, it would be a ledger that has signed nothing. */
    @Test
    void anEmptyFileIsNeverTakenForANewLedger() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.db"));

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> SqliteStore.open(empty))
                    .isInstanceOf(ConfigurationFault.class)
                    .hasMessageContaining("not a store of this version");
        }
    }

    @Test
    void anotherDatabaseAndAStoreOfANewerVersionAreRefused() throws Exception {
        Path other = folder.resolve("other.db");
        execute(other, "CREATE TABLE friends (name TEXT)");
        store.close();
        execute(
                file,
                "INSERT INTO flyway_schema_history SELECT installed_rank + 100, '9999', description, type, script, checksum,"
                        + " installed_by, installed_on, execution_time, success FROM flyway_schema_history LIMIT 1");

        for (Path foreign : List.of(other, file)) {
            assertThatThrownBy(() -> SqliteStore.open(foreign))
                    .isInstanceOf(ConfigurationFault.class)
                    .hasMessageContaining("not a store of this version")
                    .hasMessageNotContaining("\n");
        }
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Of a full disk or one that is mounted read-only there is none to be had in every test's machine. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "SQLITE_FULL",
                "SQLITE_READONLY",
                "SQLITE_READONLY_DIRECTORY",
                "SQLITE_CANTOPEN",
                "SQLITE_CANTOPEN_ISDIR",
                "SQLITE_PERM",
                "SQLITE_BUSY",
                "SQLITE_IOERR",
                "SQLITE_IOERR_WRITE",
                "SQLITE_IOERR_SHMSIZE"
            })
    void whatMayPassIsAFaultAndNoForeignStore(SQLiteErrorCode code) {
        var wrapped = new FlywayException("many lines", new SQLiteException("raw words", code));

        assertThat(OpeningFailure.of(file, wrapped))
                .isInstanceOf(StoreFault.class)
                .hasMessageStartingWith(file + ": the store cannot be opened now: ")
                .hasMessageNotContaining("raw words");
    }

    @Test
    void aLibraryThatCannotBeUnpackedIsNoForeignStore() {
        var wrapped = new FlywayException("many lines", new NativeLibraryNotFoundException("no libsqlitejdbc.so"));

        assertThat(OpeningFailure.of(file, wrapped))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("could not be unpacked into " + System.getProperty("java.io.tmpdir"));
    }

    @Test
    void aCommandAndTheApplianceBesideItDoNotTakeEachOthersWritesForThoseOfAnotherProgram() {
        store.guard(CommitGuard.NONE); // as an appliance does
        try (Store command = Store.open(new StoreLocation.Embedded(file))) {
            int _ = command.commit(rows -> insert(rows, "command", 0));
            for (int chain = 0; chain < 200; chain++) {
                String name = "appliance-" + chain;
                int _ = store.commit(rows -> insert(rows, name, 0));
            }
            for (int chain = 0; chain < 200; chain++) {
                String name = "command-" + chain;
                int _ = command.commit(rows -> insert(rows, name, 0));
            }
        }
        assertThat(store.<Integer>commit(rows -> insert(rows, "last", 0))).isEqualTo(1);
    }
}
