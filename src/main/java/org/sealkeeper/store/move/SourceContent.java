package org.sealkeeper.store.move;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.sealkeeper.store.Rows;

/**
 * A digest of what a store has, by which it is known again: an interrupted copy goes on only where it is the same, and a store is closed only
 * as it was copied. Of the large tables it has the last leaf, without which none of them changes.
 */
final class SourceContent {
    private SourceContent() {}

    /** The digest as this transaction sees the store. */
    static String of(List<Table> tables, Rows rows) throws SQLException {
        MessageDigest digest = sha256();
        for (Table table : tables) {
            if (!Tables.LARGE.contains(table.name())) {
                var pages = new Pages(table, 0);
                for (List<Row> page = pages.next(rows); !page.isEmpty(); page = pages.next(rows)) {
                    page.forEach(row -> row.addTo(digest));
                }
            }
            digest.update((byte) '\n');
        }
        rows.list("SELECT idx, entry FROM audit_leaf ORDER BY idx DESC LIMIT 1", Row::read)
                .forEach(leaf -> leaf.addTo(digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
