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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.Overload;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteStoreTest {
    @TempDir
    Path folder;

    private Path file;
    private SqliteStore store;

    @BeforeEach
    void createStore() {
        file = folder.resolve("store/sealkeeper.db");
        SqliteStore.create(file);
        store = SqliteStore.open(file);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void whatWasWrittenIsThereAfterTheStoreIsOpenedAgain() throws Exception {
        write("a", 7);
        store.close();
        store = SqliteStore.open(file);

        assertThat(headOf("a")).containsExactly(7L);
    }

    @Test
    void worksRunInTheOrderOfTheirCallsAndShareGroups() throws Exception {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int height = i;
            all.add(store.write(rows -> rows.update(
                                    "UPDATE chain_head SET height = ? WHERE chain = 'a' AND height = ?",
                                    height,
                                    height - 1)
                            + rows.update(
                                    "INSERT INTO chain_head (chain, height, block_hash) SELECT 'a', 0, '00' WHERE ? = 0",
                                    height))
                    .toCompletableFuture());
        }

        assertThat(all)
                .allSatisfy(done -> assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(1));
        assertThat(headOf("a")).containsExactly(999L);
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
    void aFailingWorkFailsAloneAndLeavesNothingBehind() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        var blocker = store.write(rows -> {
            await(gate);
            return 0;
        });
        var good = store.write(rows -> insert(rows, "good", 1));
        var bad = store.write(rows -> {
            insert(rows, "bad", 1);
            throw new SQLException("made to fail");
        });
        var alsoGood = store.write(rows -> insert(rows, "also-good", 1));
        gate.countDown();

        assertThat(blocker.toCompletableFuture().get()).isZero();
        assertThat(good.toCompletableFuture().get()).isEqualTo(1);
        assertThat(alsoGood.toCompletableFuture().get()).isEqualTo(1);
        assertThatThrownBy(() -> bad.toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("made to fail");
        assertThat(headOf("good")).hasSize(1);
        assertThat(headOf("bad")).isEmpty();
    }

    @Test
    void aFullQueueIsAnOverloadAndNothingIsBegun() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        var blocker = store.write(rows -> {
            busy.countDown();
            await(gate);
            return 0;
        });
        busy.await();
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < GroupCommit.QUEUE_CAPACITY; i++) {
            waiting.add(store.write(rows -> 1).toCompletableFuture());
        }
        var refused = store.write(rows -> insert(rows, "late", 1)).toCompletableFuture();

        assertThat(refused).isCompletedExceptionally();
        assertThatThrownBy(refused::get).cause().isInstanceOf(Overload.class);
        gate.countDown();
        blocker.toCompletableFuture().get();
        assertThat(waiting)
                .allSatisfy(done -> assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(1));
        assertThat(headOf("late")).isEmpty();
    }

    @Test
    void anIdleStoreLetsOthersWrite() throws Exception {
        write("ours", 1);

        try (var other = SqliteStore.open(file)) {
            assertThat(other.write(rows -> insert(rows, "theirs", 1))
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS))
                    .isEqualTo(1);
        }
        write("ours-again", 1);
        assertThat(headOf("theirs")).hasSize(1);
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> store.read(rows -> insert(rows, "a", 1)))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("readonly");
    }

    @Test
    void closingAnswersEverythingThatWaits() throws Exception {
        var last = store.write(rows -> insert(rows, "last", 1));
        store.close();

        assertThat(last.toCompletableFuture().get(1, TimeUnit.SECONDS)).isEqualTo(1);
        assertThatThrownBy(() -> store.write(rows -> 1).toCompletableFuture().get())
                .cause()
                .isInstanceOf(StoreFault.class);
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
    void anExistingStoreIsNeverOverwritten() throws Exception {
        write("a", 7);

        assertThatThrownBy(() -> SqliteStore.create(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("never overwritten");
        assertThat(headOf("a")).containsExactly(7L);
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

    private void write(String chain, long height) throws Exception {
        store.write(rows -> insert(rows, chain, height)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static int insert(Rows rows, String chain, long height) throws SQLException {
        return rows.update("INSERT INTO chain_head (chain, height, block_hash) VALUES (?, ?, '00')", chain, height);
    }

    private List<Long> headOf(String chain) {
        return store.read(
                rows -> rows.list("SELECT height FROM chain_head WHERE chain = ?", row -> row.getLong(1), chain));
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
