package org.sealkeeper.fhir.feed;

import java.sql.SQLException;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Rows;

/** Up to where a FHIR server has a log, as one transaction sees it. */
record FeedCursor(String server, Origin log) {

    /** The index of the first leaf that it does not have, as far as is known. */
    long next(Rows rows) throws SQLException {
        return rows.first(
                        "SELECT next_leaf FROM fhir_cursor WHERE server = ? AND log = ?",
                        row -> row.getLong(1),
                        server,
                        log.value())
                .orElse(0L);
    }

    int keep(Rows rows, long next) throws SQLException {
        return rows.update("""
                INSERT INTO fhir_cursor (server, log, next_leaf) VALUES (?, ?, ?)
                ON CONFLICT (server, log) DO UPDATE SET next_leaf = excluded.next_leaf""", server, log.value(), next);
    }
}
