package org.sealkeeper.store.move;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/**
 * Reads every row of the copy back and looks for the same in the source; then there must be as many there. So neither order nor size of a
 * table matters.
 */
record RowComparison(Store source, Store copy, MoveProgress progress) {

    /**
     * The first difference; empty where there is none.
     *
     * @param expected how many rows the source has
     */
    Optional<Difference> find(Table table, long expected) {
        var pages = new Pages(table, 0);
        long compared = 0;
        while (true) {
            List<Row> page = copy.read(pages::next);
            if (page.isEmpty()) {
                return compared == expected ? Optional.empty() : Optional.of(missing(table));
            }
            Optional<Difference> difference = source.read(rows -> firstDifference(table, page, rows));
            if (difference.isPresent()) {
                return difference;
            }
            compared += page.size();
            progress.at("rows of " + table.name() + " compared", compared, expected);
        }
    }

    private static Optional<Difference> firstDifference(Table table, List<Row> page, Rows source) throws SQLException {
        for (Row found : page) {
            Optional<Row> expected = source.first(table.withKey(), Row::read, found.key(table));
            if (expected.isEmpty()) {
                return Optional.of(difference(table, found, "expected no such row, found one"));
            }
            if (!expected.get().equals(found)) {
                String columns = expected.get().differences(found, table);
                return Optional.of(difference(table, found, "another value than in the source (" + columns + ")"));
            }
        }
        return Optional.empty();
    }

    /** There are fewer rows than in the source: which is the first that is not there. */
    private Difference missing(Table table) {
        var pages = new Pages(table, 0);
        while (true) {
            List<Row> page = source.read(pages::next);
            if (page.isEmpty()) {
                throw new IllegalStateException("expected fewer rows of " + table.name() + " than in the source");
            }
            Optional<Row> missing = copy.read(rows -> firstMissing(table, page, rows));
            if (missing.isPresent()) {
                return difference(table, missing.get(), "expected this row, found none");
            }
        }
    }

    private static Optional<Row> firstMissing(Table table, List<Row> page, Rows copy) throws SQLException {
        for (Row expected : page) {
            if (copy.first(table.withKey(), Row::read, expected.key(table)).isEmpty()) {
                return Optional.of(expected);
            }
        }
        return Optional.empty();
    }

    private static Difference difference(Table table, Row row, String what) {
        return new Difference(table.name(), row.keyText(table), what);
    }
}
