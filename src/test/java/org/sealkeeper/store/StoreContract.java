package org.sealkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.kernel.Overload;

/** What every engine promises. */
abstract class StoreContract {
    private StoreLocation location;
    Store store;

    /** A place where no store is yet. */
    abstract StoreLocation newLocation();

    @BeforeEach
    void createStore() {
        location = newLocation();
        Store.create(location);
        store = Store.open(location);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void whatWasWrittenIsThereAfterTheStoreIsOpenedAgain() throws Exception {
        write("a", 7);
        store.close();
        store = Store.open(location);

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

        try (Store other = Store.open(location)) {
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
                .hasMessageMatching(".*read-?only.*");
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
    void anExistingStoreIsNeverOverwritten() throws Exception {
        write("a", 7);

        assertThatThrownBy(() -> Store.create(location))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("never overwritten");
        assertThat(headOf("a")).containsExactly(7L);
    }

    @Test
    void whatIsWrittenBehindIsSeenByEveryStatementAndWrittenOnce() throws Exception {
        store.write(rows -> {
                    Counted counted = rows.common(Counted.class, first -> new Counted());
                    counted.add("behind");
                    return rows.update("UPDATE chain_head SET height = 2 WHERE chain = 'behind' AND height = 1");
                })
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        write("later", 1);

        assertThat(headOf("behind")).containsExactly(2L);
    }

    @Test
    void whatIsWrittenBehindIsOfNoMoreUseAfterAFailureOrAnothersWrite() throws Exception {
        Counted first = common();
        assertThat(common()).isSameAs(first);
        try (Store other = Store.open(location)) {
            other.write(rows -> insert(rows, "theirs", 1)).toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
        Counted second = common();
        assertThat(second).isNotSameAs(first);
        assertThat(store.write(rows -> {
                            rows.common(Counted.class, made -> new Counted()).add("theirs");
                            return 0;
                        })
                        .toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS);
        assertThat(common()).isNotSameAs(second);
    }

    @Test
    void whatOutlivesOthersLooksAgainAndIsOfNoMoreUseAfterAFailure() throws Exception {
        Lasting first = lasting();
        int looks = first.looks;
        try (Store other = Store.open(location)) {
            other.write(rows -> insert(rows, "theirs", 1)).toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
        assertThat(lasting()).isSameAs(first);
        assertThat(first.looks).isEqualTo(looks + 1);
        assertThat(store.write(rows -> insert(rows, "theirs", 1)).toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS);
        assertThat(lasting()).isNotSameAs(first);
    }

    private Lasting lasting() throws Exception {
        return store.write(rows -> rows.common(Lasting.class, first -> new Lasting()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static final class Lasting implements WriteBehind {
        private int looks;

        @Override
        public void write(Rows rows) {}

        @Override
        public boolean outlivesOthers(Rows rows) throws SQLException {
            looks += rows.list("SELECT 1 FROM chain_head", row -> 1).isEmpty() ? 0 : 1;
            return true;
        }
    }

    private Counted common() throws Exception {
        return store.write(rows -> rows.common(Counted.class, first -> new Counted()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static final class Counted implements WriteBehind {
        private final List<Object[]> unwritten = new ArrayList<>();

        void add(String chain) {
            unwritten.add(new Object[] {chain});
        }

        @Override
        public void write(Rows rows) throws SQLException {
            rows.updateEach(
                    "a chain without a head",
                    "INSERT INTO chain_head (chain, height, block_hash) VALUES (?, 1, '00')",
                    unwritten);
            unwritten.clear();
        }
    }

    void write(String chain, long height) throws Exception {
        store.write(rows -> insert(rows, chain, height)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static int insert(Rows rows, String chain, long height) throws SQLException {
        return rows.update("INSERT INTO chain_head (chain, height, block_hash) VALUES (?, ?, '00')", chain, height);
    }

    List<Long> headOf(String chain) {
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
