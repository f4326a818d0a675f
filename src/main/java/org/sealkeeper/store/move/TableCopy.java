package org.sealkeeper.store.move;

import java.util.List;
import org.sealkeeper.store.Filling;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;

/** Copies the rows of one table, each page in one transaction with how far the copy came. If we crash, it goes on from there. */
record TableCopy(Store source, Store target, Filling mark, MoveProgress progress) {

    /** @param done how many rows are copied already */
    void copy(Table table, long done) {
        long total = source.<Long>read(
                rows -> rows.first(table.count(), row -> row.getLong(1)).orElse(0L));
        var pages = new Pages(table, done);
        long copied = done;
        for (List<Row> page = source.read(pages::next); !page.isEmpty(); page = source.read(pages::next)) {
            copied += page.size();
            insert(table, page, mark.at(table.name(), copied));
            progress.at("rows of " + table.name() + " copied", copied, total);
        }
    }

    private void insert(Table table, List<Row> page, Filling reached) {
        try {
            int _ = target.commit(rows -> {
                rows.updateEach(
                        "a new row of " + table.name(),
                        table.insert(),
                        page.stream().map(Row::values).toList());
                reached.keep(rows);
                return page.size();
            });
        } catch (StoreFault fault) {
            throw new StoreFault(
                    "table " + table.name() + ", from " + page.getFirst().keyText(table) + " on: not copied: "
                            + fault.getMessage(),
                    fault);
        }
    }
}
