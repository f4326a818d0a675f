package org.sealkeeper.gate;

import java.sql.SQLException;
import java.util.OptionalLong;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.store.Rows;

/** The transaction in which the outcome of an intent is recorded, by one leaf. */
public final class OutcomeRecord {
    private final AuditLog audit;
    private final Rows rows;
    private final long begun;
    private boolean recorded;

    OutcomeRecord(AuditLog audit, Rows rows, long begun) {
        this.audit = audit;
        this.rows = rows;
        this.begun = begun;
    }

    /** For what must be durable together with the outcome. */
    public Rows rows() {
        return rows;
    }

    /** The index of the leaf of the intent. */
    public long begun() {
        return begun;
    }

    /**
     * Records the outcome.
     *
     * @param ended a leaf that names the leaf of the intent
     * @return its index
     * @throws IllegalStateException if it names another, or the outcome is recorded already
     */
    public long append(Leaf ended) throws SQLException {
        if (recorded || !ended.result().begun().equals(OptionalLong.of(begun))) {
            throw new IllegalStateException("expected one leaf of the end of leaf " + begun);
        }
        recorded = true;
        return audit.append(rows, ended);
    }

    void requireRecorded() {
        if (!recorded) {
            throw new IllegalStateException("expected the end of leaf " + begun + " to be recorded");
        }
    }
}
