package org.sealkeeper.keys.provisioning;

import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.RewrapWindow;
import org.sealkeeper.keys.RewrapWindowRow;
import org.sealkeeper.store.Store;

/** What changes in the rows of rewrap windows. Its methods block until the change is durable. */
final class RewrapWindowTable {
    private final Store store;
    private final RecordedChange change;

    RewrapWindowTable(Store store) {
        this.store = store;
        this.change = new RecordedChange(store);
    }

    /** The row of a window that is not closed. */
    Optional<RewrapWindowRow> current(KeyAlias alias) {
        return store.read(rows -> rows.first(
                "SELECT * FROM rewrap_window WHERE alias = ? AND state <> 'closed'",
                RewrapWindowRow::of,
                alias.value()));
    }

    /** Records the intent; only then may the token be asked. */
    void begin(RewrapWindow window) {
        int _ = change.begin(
                """
                INSERT INTO rewrap_window (alias, from_version, to_version, state, cka_id, opened_at)
                VALUES (?, ?, ?, 'opening', ?, ?)""",
                window.alias().value(),
                window.from(),
                window.to(),
                window.transit().hex(),
                window.openedAt().toString());
    }

    /** The transit pair is whole: from now on data keys may move. */
    void endOpening(RewrapWindow window, Instant now, Decision by) {
        int _ = change.end(
                leaf(Operation.OPEN_REWRAP_WINDOW, window, now).decidedBy(by),
                "UPDATE rewrap_window SET state = 'open' WHERE cka_id = ? AND state = 'opening'",
                window.transit().hex());
    }

    /** From now on nothing moves. */
    void beginClosing(RewrapWindow window, Instant now) {
        int _ = change.begin(
                "UPDATE rewrap_window SET state = 'closing', closed_at = coalesce(closed_at, ?) WHERE cka_id = ?",
                now.toString(),
                window.transit().hex());
    }

    /** The transit pair is proven to be gone. */
    void endClosing(RewrapWindow window, Instant now, Decision by) {
        int _ = change.end(
                leaf(Operation.CLOSE_REWRAP_WINDOW, window, now).decidedBy(by),
                "UPDATE rewrap_window SET state = 'closed' WHERE cka_id = ? AND state = 'closing'",
                window.transit().hex());
    }

    private static Leaf leaf(Operation operation, RewrapWindow window, Instant now) {
        return Leaf.ofCommand(now, operation, new Subject.RewrapWindow(window.alias(), window.from(), window.to()));
    }
}
