package org.sealkeeper.rollback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.CommitGuard;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;
import org.sealkeeper.testing.PostgresServer;

/** Two appliances of one database, as far as they know of one another; their tokens and doors are left out. */
@Timeout(120)
class RollCallTest {
    private static PostgresServer server;

    @TempDir
    Path folder;

    private final AtomicLong nanoTime = new AtomicLong();
    private StoreLocation.Server firstPlace;
    private StoreLocation.Server secondPlace;
    private Neighbour first;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void makeStore() {
        firstPlace = server.newDatabase(folder);
        secondPlace = new StoreLocation.Server(
                firstPlace.host(),
                firstPlace.port(),
                firstPlace.database(),
                firstPlace.user(),
                firstPlace.passwordFile(),
                firstPlace.authorities(),
                folder.resolve("second"),
                "b");
        Store.create(firstPlace);
        first = new Neighbour(firstPlace);
        first.show();
    }

    @AfterEach
    void closeStore() {
        first.close();
    }

    /** One appliance, without its token. */
    private final class Neighbour implements AutoCloseable, CommitGuard {
        private final Store store;
        private final RollCall call;

        private Neighbour(StoreLocation.Server place) {
            this.store = Store.open(place);
            var log = new Origin("lab.example/" + place.appliance());
            this.call = new RollCall(store, place.appliance(), log, InstantSource.system(), nanoTime::get);
            store.guard(this);
        }

        /** A second later. */
        private void show() {
            nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
            call.show();
        }

        private String awaited() {
            return call.awaited().map(Throwable::getMessage).orElse("");
        }

        @Override
        public void before(Rows rows) throws SQLException {
            call.look(rows);
        }

        @Override
        public void after(Rows rows) {
            // Only the roll call is looked at here.
        }

        @Override
        public CompletionStage<?> committed() {
            call.keep();
            return CompletableFuture.completedStage(true);
        }

        @Override
        public void failed() {
            call.doubt();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @Test
    void anApplianceAloneWaitsForNone() {
        assertThat(first.awaited()).isEmpty();
    }

    @Test
    void aNewcomerWaitsUntilEveryOtherHasItInItsLog() {
        Store.join(secondPlace);
        try (var second = new Neighbour(secondPlace)) {
            second.show();
            assertThat(second.awaited()).contains("it is known to the appliance 'a'");
            assertThatThrownBy(second.call::requireComplete).isInstanceOf(AwaitingAppliances.class);

            first.show();
            second.show();
            assertThat(second.awaited()).isEmpty();
            assertThat(first.awaited()).isEmpty();
            first.show();
            assertThat(new LogHistory(first.store).size()).isEqualTo(1);
            byte[] leaf =
                    first.store.read(rows -> LogHistory.entriesFrom(rows, 0).getFirst());
            assertThat(new String(leaf, UTF_8))
                    .contains("\"log\":\"lab.example/b\"", "\"operation\":\"acknowledge-appliance\"");
        }
    }

    @Test
    void oneThatHasNotStartedIsNotAcknowledgedByTheWay() throws Exception {
        Store.join(secondPlace);
        var thirdPlace = new StoreLocation.Server(
                firstPlace.host(),
                firstPlace.port(),
                firstPlace.database(),
                firstPlace.user(),
                firstPlace.passwordFile(),
                firstPlace.authorities(),
                folder.resolve("third"),
                "c");
        Store.join(thirdPlace);
        try (var third = new Neighbour(thirdPlace)) {
            third.show();
            first.show();
            third.show();
            assertThat(third.awaited()).contains("it is known to the appliance 'a'");
            execute("UPDATE sealkeeper.appliance SET retired_at = '2026-01-01T00:00:00Z' WHERE name = 'b'");
            first.show();
            third.show();
            assertThat(third.awaited()).isEmpty();
        }
    }

    @Test
    void thatOneJoinsAndIsNotStartedYetStopsNone() {
        Store.join(secondPlace);
        first.show();
        assertThat(first.awaited()).isEmpty();
    }

    @Test
    void oneThatHasNotLookedSinceTheDatabaseWasStartedIsWaitedFor() throws Exception {
        Store.join(secondPlace);
        try (var second = new Neighbour(secondPlace)) {
            second.show();
            first.show();
            assertThat(first.awaited()).isEmpty();
            execute("UPDATE sealkeeper.appliance SET database_run = 'the one before' WHERE name = 'b'");
            first.show();
            assertThat(first.awaited()).contains("found complete by the appliance 'b'");
            second.show();
            first.show();
            assertThat(first.awaited()).isEmpty();
        }
    }

    @Test
    void anIdleApplianceFindsOutThatTheDatabaseWasTurnedBackUnderIt() throws Exception {
        first.show();
        execute("UPDATE sealkeeper.appliance SET beat = beat - 1 WHERE name = 'a'");
        assertThatThrownBy(first::show)
                .isInstanceOfSatisfying(
                        WritingStopped.class,
                        stopped -> assertThat(stopped.reason()).isEqualTo(StopReason.STORE_BEHIND));
    }

    @Test
    void anApplianceThatTheDatabaseDoesNotKnowAnyMoreStops() throws Exception {
        execute("DELETE FROM sealkeeper.appliance WHERE name = 'a'");
        assertThatThrownBy(first::show).isInstanceOf(WritingStopped.class);
    }

    @Test
    void aRetiredApplianceWritesNothingMore() throws Exception {
        execute("UPDATE sealkeeper.appliance SET retired_at = '2026-01-01T00:00:00Z' WHERE name = 'a'");
        assertThatThrownBy(first::show)
                .isInstanceOfSatisfying(
                        WritingStopped.class,
                        stopped -> assertThat(stopped.reason()).isEqualTo(StopReason.RETIRED));
    }

    @Test
    void aNameIsTakenOnceAndADatabaseOnlyJoinedWhereThereIsOne() throws Exception {
        Store.join(secondPlace);
        assertThatThrownBy(() -> Store.join(secondPlace))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("the appliance 'b' is one of the store's already");
        assertThatThrownBy(() -> Store.create(secondPlace)).hasMessageContaining("store join");
        execute("DELETE FROM sealkeeper.appliance WHERE name = 'b'");
        assertThatThrownBy(() -> Store.open(secondPlace)).hasMessageContaining("DROP SCHEMA sealkeeper_b CASCADE");
        StoreLocation.Server empty = server.newDatabase(folder.resolve("empty"));
        assertThatThrownBy(() -> Store.join(empty)).hasMessageContaining("expected a store of other appliances");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(firstPlace.database());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
