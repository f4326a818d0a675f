package org.sealkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.CuttingProxy;
import org.sealkeeper.testing.PostgresServer;

/** What every engine promises, on a real server; and what becomes of it when the server, or the way to it, is gone. */
@Timeout(120)
class PostgresStoreTest extends StoreContract {
    private static PostgresServer server;

    @TempDir
    Path folder;

    private StoreLocation.Server location;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    StoreLocation newLocation() {
        location = server.newDatabase(folder);
        return location;
    }

    private StoreLocation.Server at(int port) {
        return new StoreLocation.Server(
                "localhost",
                port,
                location.database(),
                location.user(),
                location.passwordFile(),
                Optional.empty(),
                location.state(),
                "a");
    }

    @Test
    void aCommitWhoseAnswerIsCutOffIsReadBackAndToldAsItIs() throws Exception {
        try (var proxy = new CuttingProxy(location.port());
                Store cut = Store.open(at(proxy.port()))) {
            var runs = new AtomicInteger();
            proxy.cutAfter("COMMIT");
            int touched = cut.write(rows -> insert(rows, "cut", runs.incrementAndGet()))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            assertThat(touched).isEqualTo(1);
            assertThat(headOf("cut")).containsExactly(1L);
            assertThat(runs).hasValue(1);
            assertThat(cut.write(rows -> insert(rows, "after", 1))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo(1);
        }
    }

    @Test
    void aCommitThatNeverArrivedIsMadeOnceMore() throws Exception {
        try (var proxy = new CuttingProxy(location.port());
                Store cut = Store.open(at(proxy.port()))) {
            var runs = new AtomicInteger();
            proxy.cutBefore("COMMIT");
            int _ = cut.write(rows -> insert(rows, "cut", runs.incrementAndGet()))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            assertThat(headOf("cut")).containsExactly(2L);
            assertThat(runs).hasValue(2);
        }
    }

    /** The first connection of the writer is the one that is cut, and the second one asks. */
    private static void beforeItIsAsked(CuttingProxy proxy, Runnable task) {
        proxy.beforeNext(() -> proxy.beforeNext(task));
    }

    /** A command may write while the connection is lost. */
    @Test
    void theTurnThatAnotherTookInItsPlaceIsNotTakenForACommit() throws Exception {
        try (var proxy = new CuttingProxy(location.port());
                Store cut = Store.open(at(proxy.port()))) {
            var runs = new AtomicInteger();
            beforeItIsAsked(proxy, () -> store.commit(rows -> insert(rows, "theirs", 1)));
            proxy.cutBefore("COMMIT");
            int _ = cut.write(rows -> insert(rows, "cut", runs.incrementAndGet()))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            assertThat(headOf("theirs")).containsExactly(1L);
            assertThat(headOf("cut")).containsExactly(2L);
        }
    }

    @Test
    void whereOthersTookTurnsSinceItIsSaidThatNothingIsKnown() throws Exception {
        try (var proxy = new CuttingProxy(location.port());
                Store cut = Store.open(at(proxy.port()))) {
            beforeItIsAsked(proxy, () -> {
                int _ = store.commit(rows -> insert(rows, "theirs", 1));
                int _ = store.commit(rows -> insert(rows, "theirs-again", 1));
            });
            proxy.cutAfter("COMMIT");
            assertThatThrownBy(() -> cut.write(rows -> insert(rows, "cut", 1))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StoreFault.class)
                    .hasMessageContaining("it is not known whether it was recorded");
            assertThat(headOf("cut")).containsExactly(1L);
        }
    }

    @Test
    void aServerThatIsGoneFailsAllAtOnceAndNothingIsLostWhenItIsBack() throws Exception {
        write("before", 1);
        server.kill();
        assertThatThrownBy(() -> write("meanwhile", 1)).hasCauseInstanceOf(StoreFault.class);
        assertThatThrownBy(() -> headOf("before")).isInstanceOf(StoreFault.class);

        server.restart();

        write("after", 1);
        assertThat(headOf("before")).containsExactly(1L);
        assertThat(headOf("after")).containsExactly(1L);
        assertThat(headOf("meanwhile")).isEmpty();
    }

    @Test
    void aConnectionThatTheServerEndedIsNotNoticedByCallers() throws Exception {
        write("before", 1);
        assertThat(headOf("before")).hasSize(1);
        endConnections();

        write("after", 1);
        assertThat(headOf("before")).hasSize(1);
    }

    @Test
    void aReadOnlyServerIsAFaultThatPasses() throws Exception {
        write("before", 1);
        execute("ALTER DATABASE " + location.database() + " SET default_transaction_read_only = on");
        endConnections();
        assertThatThrownBy(() -> write("a", 1))
                .hasCauseInstanceOf(StoreFault.class)
                .hasMessageContaining("read-only");
        execute("ALTER DATABASE " + location.database() + " SET default_transaction_read_only = off");
        write("a", 1);
    }

    /** A role or a database may have it otherwise, for the sake of others. */
    @Test
    void aCommitWaitsForTheDiskWhateverTheRoleSays() throws Exception {
        execute("ALTER ROLE " + location.user() + " SET synchronous_commit = off");
        try (Store patient = Store.open(location)) {
            Optional<String> said =
                    patient.commit(rows -> rows.first("SHOW synchronous_commit", row -> row.getString(1)));
            assertThat(said).contains("on");
        } finally {
            execute("ALTER ROLE " + location.user() + " RESET synchronous_commit");
        }
    }

    @Test
    void aServerThatDoesNotWaitForItsDiskIsRefused() throws Exception {
        setFsync("off");
        try {
            endConnections();
            assertThatThrownBy(() -> store.<Integer>commit(rows -> insert(rows, "lab-a", 1)))
                    .isInstanceOf(StoreFault.class)
                    .hasMessageContaining("expected a server with fsync = on, found off");
            assertThatThrownBy(() -> Store.open(location)).hasMessageContaining("a power failure would lose blocks");
            assertThatThrownBy(() -> Store.create(location)).hasMessageContaining("set it in postgresql.conf");
        } finally {
            setFsync("on");
        }
        int touched = store.commit(rows -> insert(rows, "lab-a", 1));
        assertThat(touched).isEqualTo(1);
    }

    private void setFsync(String value) throws SQLException {
        execute("ALTER SYSTEM SET fsync = " + value);
        execute("SELECT pg_reload_conf()");
        Await.until(() -> value.equals(fsync()));
    }

    private String fsync() {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SHOW fsync")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void endConnections() throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sealkeeper'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void whatTheServerRefusesIsToldWithoutTheValuesOfTheRow() {
        assertThatThrownBy(() -> store.commit(rows -> rows.update(
                        "INSERT INTO emergency_access (leaf, caller, key_alias, purpose, salt, justification, began_at, ends_at)"
                                + " VALUES (NULL, 'c', 'k', 'BTG', 's', 'about a patient', 1, 2)")))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("null value in column")
                .hasMessageNotContaining("about a patient");
    }

    @Test
    void aDatabaseWithoutAStoreIsNeverTakenForANewLedger() {
        StoreLocation.Server empty = server.newDatabase(folder);

        assertThatThrownBy(() -> Store.open(empty))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("expected a store, found none")
                .hasMessageContaining("sealkeeper store init");
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        Files.writeString(location.passwordFile(), "another password");

        assertThatThrownBy(() -> Store.open(location))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("refuses the user or the password in " + location.passwordFile())
                .hasMessageNotContaining("another password");
    }

    @Test
    void theServersCertificateMustBeOfTheAuthorityAndBearItsName() throws Exception {
        try (Store secured = Store.open(secured("localhost", server.certificate()))) {
            assertThat(secured.<Long>read(rows -> rows.first(
                                    "SELECT count(*) FROM pg_stat_ssl WHERE ssl AND pid = pg_backend_pid()",
                                    row -> row.getLong(1))
                            .orElseThrow()))
                    .isEqualTo(1);
        }
        try (PostgresServer other = PostgresServer.start()) {
            assertThatThrownBy(() -> Store.open(secured("localhost", other.certificate())))
                    .isInstanceOf(StoreFault.class);
        }
        assertThatThrownBy(() -> Store.open(secured("127.0.0.1", server.certificate())))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("could not be verified");
    }

    private StoreLocation.Server secured(String host, Path authorities) {
        return new StoreLocation.Server(
                host,
                location.port(),
                location.database(),
                location.user(),
                location.passwordFile(),
                Optional.of(authorities),
                location.state(),
                "a");
    }
}
