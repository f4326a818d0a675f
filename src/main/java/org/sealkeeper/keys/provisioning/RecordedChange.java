package org.sealkeeper.keys.provisioning;

import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.store.Store;

/**
 * A command changes rows in steps: it begins, asks the token, and ends. A step that ends is told in the audit log in the
 * same transaction, so a crash leaves what was begun, and never an end without its leaf.
 */
final class RecordedChange {
    private final Store store;

    RecordedChange(Store store) {
        this.store = store;
    }

    /** Changes rows, of an intent that no leaf tells of; returns their number. Blocks until the change is durable. */
    int begin(String sql, Object... values) {
        return store.commit(rows -> rows.update(sql, values));
    }

    /** Appends the leaf and changes rows; returns their number. Blocks until both are durable. */
    int end(Leaf leaf, String sql, Object... values) {
        return store.commit(rows -> {
            long _ = new Leaves(rows).append(leaf);
            return rows.update(sql, values);
        });
    }
}
