package org.sealkeeper.store;

import java.sql.SQLException;

/** The name a store was given when it was made. Its copies bear the same. */
public final class StoreIdentity {
    private StoreIdentity() {}

    /** Reads it, as a transaction sees it. */
    public static String of(Rows rows) throws SQLException {
        return rows.first("SELECT identity FROM store_identity WHERE id = 1", row -> row.getString(1))
                .orElseThrow(() -> new SQLException("the store has no identity"));
    }
}
