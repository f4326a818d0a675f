package org.sealkeeper.store.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.testing.CuttingProxy;

/** A move that was interrupted is ended by the next run, wherever it was; and never are both stores the ledger's. */
@Timeout(240)
class InterruptedMoveTest extends MovingStores {
    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void interruptedAfterEveryBatchItGoesOnWhereItWas() throws Exception {
        List<String> copied = new ArrayList<>();
        MoveProgress interrupting = (what, done, total) -> {
            if (what.endsWith("copied")) {
                copied.add(what + " " + done);
                throw new Interruption();
            }
        };
        MoveOutcome outcome = null;
        while (outcome == null) {
            try {
                outcome = move(interrupting, List.of());
            } catch (Interruption e) {
                if (copied.size() % 6 == 1) { // to open both takes as long as to copy a batch
                    assertThatTheStoreIsStillTheLedgers();
                }
            }
        }
        assertThat(outcome).isInstanceOf(MoveOutcome.Complete.class);
        assertThat(copied).hasSizeGreaterThan(15).doesNotHaveDuplicates();
        assertThatTheCopyIsTheStore();
    }

    @Test
    void aConnectionThatIsCutAtACommitLosesAndDoublesNothing() throws Exception {
        StoreLocation.Server direct = to;
        try (var proxy = new CuttingProxy(direct.port())) {
            to = new StoreLocation.Server(
                    "localhost",
                    proxy.port(),
                    direct.database(),
                    direct.user(),
                    direct.passwordFile(),
                    Optional.empty(),
                    direct.state(),
                    "a");
            var pages = new AtomicInteger();
            assertThatThrownBy(() -> move(
                            (what, done, total) -> {
                                switch (pages.incrementAndGet()) {
                                    case 3 -> cutNewConnection(() -> proxy.cutAfter("COMMIT"));
                                    case 4 -> assertThat(proxy.hasCut()).isTrue();
                                    case 6 -> cutNewConnection(() -> proxy.cutBefore("COMMIT"));
                                    default -> {}
                                }
                            },
                            List.of()))
                    .isInstanceOf(StoreFault.class);
            assertThat(proxy.hasCut()).isTrue();
        }
        to = direct;
        assertThatTheStoreIsStillTheLedgers();
        assertThatItMoves();
    }

    /** The word is in the first commit of a connection alone: its statement is prepared. */
    private void cutNewConnection(Runnable cut) {
        try {
            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sealkeeper'");
            cut.run();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aServerThatIsKilledMeanwhileLeavesTheStoreAsItIsAndIsFilledWhenItIsBack() throws Exception {
        var pages = new AtomicInteger();
        assertThatThrownBy(() -> move(
                        (what, done, total) -> {
                            if (pages.incrementAndGet() == 5) {
                                server.kill();
                            }
                        },
                        List.of()))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("table audit_leaf, from idx ");
        server.restart();
        assertThatTheStoreIsStillTheLedgers();
        assertThatItMoves();
    }

    @Test
    void aCrashBetweenTheMarksLeavesNoStoreAndIsEndedByTheNextRun() throws Exception {
        assertThatThrownBy(() -> move(SILENT, List.of((source, copy) -> {
                    keepTheMark();
                    return Optional.empty();
                })))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("made to fail");
        assertThatTheStoreIsMoved();
        assertThatTheCopyIsUnfinished();

        execute("DROP TRIGGER kept ON store_filling");
        assertThatItMoves();
    }

    private void keepTheMark() {
        try {
            execute("CREATE FUNCTION keep() RETURNS TRIGGER LANGUAGE plpgsql AS "
                    + "'BEGIN RAISE EXCEPTION ''made to fail''; END'; "
                    + "CREATE TRIGGER kept BEFORE DELETE ON store_filling FOR EACH ROW EXECUTE FUNCTION keep()");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStoreThatIsWrittenToMeanwhileIsNotClosedAndIsCopiedAnew() throws Exception {
        assertThatThrownBy(() -> move(SILENT, List.of((source, copy) -> {
                    int _ = source.commit(rows -> rows.update("UPDATE heartbeat SET beat_at = 'later'"));
                    return Optional.empty();
                })))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("written to while it was copied");
        assertThatTheStoreIsStillTheLedgers();
        assertThatItMoves();
    }

    @Test
    void anInterruptedCopyOfAStoreThatWentOnIsBegunAnew() throws Exception {
        leaveUnfinished(SILENT);
        try (Store store = Store.open(from)) {
            int _ = store.commit(rows -> rows.update("DELETE FROM recipient")
                    + rows.update("UPDATE block SET caller = 'other' WHERE height = 3")
                    + rows.update("INSERT INTO audit_leaf SELECT max(idx) + 1, x'00ff' FROM audit_leaf"));
            int _ = store.commit(
                    rows -> rows.update("INSERT INTO recipient VALUES ('lab-b', 'key', 'enrolled', 'c', 't2', NULL)"));
        }
        assertThatItMoves();
    }
}
