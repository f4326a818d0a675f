package org.sealkeeper.audit;

import java.sql.SQLException;
import java.util.Optional;
import org.sealkeeper.store.Rows;

/** The leaves, beside a running appliance, as commands see them; what they append is in the appliance's next checkpoint. */
public record Leaves(Rows rows) {

    /** Appends a leaf in this transaction, and gives its index. */
    public long append(Leaf leaf) throws SQLException {
        return new AuditTable(rows).append(leaf.canonicalJson());
    }

    /** The entry at an index; empty where the log ends before. */
    public Optional<byte[]> entry(long index) throws SQLException {
        return new AuditTable(rows).entries(index, index + 1).stream().findFirst();
    }
}
