package org.sealkeeper.store.move;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.store.Rows;

/**
 * The rows of a table in the order of its key, a page at a time, so that no table need fit into memory. Texts may have another order in
 * PostgreSQL than in SQLite: pages of two stores are not compared with one another.
 */
final class Pages {
    static final int SIZE = 500;

    private final Table table;
    private final long leftOut;
    private @Nullable Row last;

    /** @param leftOut how many rows at the beginning are left out */
    Pages(Table table, long leftOut) {
        this.table = table;
        this.leftOut = leftOut;
    }

    /** The next rows; none at the end. */
    List<Row> next(Rows rows) throws SQLException {
        Row before = last;
        List<Row> page = before == null
                ? rows.list(table.first(), Row::read, SIZE, leftOut)
                : rows.list(table.after(), Row::read, before.keyAnd(table, SIZE));
        if (!page.isEmpty()) {
            last = page.getLast();
        }
        return page;
    }
}
