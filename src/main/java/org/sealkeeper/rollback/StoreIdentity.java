package org.sealkeeper.rollback;

import java.sql.SQLException;
import org.sealkeeper.store.Rows;

/** The name a store was given when it was made. Its copies bear the same. */
final class StoreIdentity {
    private StoreIdentity() {}

    static String of(Rows rows) throws SQLException {
        return rows.first("SELECT identity FROM store_identity WHERE id = 1", row -> row.getString(1))
                .orElseThrow(() -> new SQLException("the store has no identity"));
    }
}
