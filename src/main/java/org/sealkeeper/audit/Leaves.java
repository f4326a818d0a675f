package org.sealkeeper.audit;

import java.sql.SQLException;
import org.sealkeeper.store.Rows;

/** Appends to the log beside a running appliance, as commands do; the appliance puts their leaves into its next checkpoint. */
public record Leaves(Rows rows) {

    /** Appends a leaf in this transaction, and gives its index. */
    public long append(Leaf leaf) throws SQLException {
        return new AuditTable(rows).append(leaf.canonicalJson());
    }
}
