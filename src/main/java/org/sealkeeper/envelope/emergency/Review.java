package org.sealkeeper.envelope.emergency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * That an emergency was reviewed. There may be several reviews of one: the last one counts, and none is ever changed.
 *
 * @param leaf the leaf of the audit log that says so
 * @param verdict a {@link ReviewVerdict}
 * @param note it may be about a patient
 */
public record Review(long leaf, String caller, String verdict, String note, Instant at) {
    static Review of(ResultSet row) throws SQLException {
        return new Review(
                row.getLong("leaf"),
                row.getString("caller"),
                row.getString("verdict"),
                row.getString("note"),
                Instant.ofEpochMilli(row.getLong("reviewed_at")));
    }
}
