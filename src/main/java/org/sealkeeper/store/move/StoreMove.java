package org.sealkeeper.store.move;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Filling;
import org.sealkeeper.store.Moved;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.store.StoreIdentity;

/**
 * The move of an embedded store into a database of PostgreSQL. May be interrupted at any moment, and run again: it goes on.
 *
 * <p>First the source is closed for good, then the copy is opened. If we crash in between, neither can be opened, and the next run ends it.
 *
 * @param source opened by {@link Store#openToMove}; its lock must be held
 * @param copy opened by {@link Store#openToFill}
 * @param to where the copy is
 */
public record StoreMove(Store source, Store copy, StoreLocation.Server to, InstantSource clock, MoveProgress progress) {

    /**
     * Copies, compares, and switches.
     *
     * @param checks what else is compared, after each row was
     * @throws ConfigurationFault if the database is not empty, and not the unfinished copy of this store; or the store was moved elsewhere
     * @throws StoreFault if one of the stores fails, or the source was written to meanwhile: to be run again
     */
    public MoveOutcome run(List<MoveCheck> checks) {
        String identity = source.read(StoreIdentity::of);
        Optional<Moved> before = source.read(Moved::of);
        var target = new Target(copy, to);
        if (before.isPresent()) {
            requireSameAddress(before.get());
            if (target.isStore(identity)) {
                return new MoveOutcome.CompleteBefore(before.get());
            }
        }
        List<Table> tables = source.read(Tables::of);
        String content = source.read(rows -> SourceContent.of(tables, rows));
        copy(tables, target.begin(identity, content));
        SequencedMap<String, Long> counts = counts(tables);
        Optional<Difference> difference = compare(tables, counts)
                .or(() -> checks.stream()
                        .flatMap(check -> check.find(source, copy).stream())
                        .findFirst());
        if (difference.isPresent()) {
            return new MoveOutcome.Different(difference.get());
        }
        Moved mark = before.orElseGet(() -> close(tables, content));
        target.complete();
        return new MoveOutcome.Complete(identity, mark, counts);
    }

    private void requireSameAddress(Moved mark) {
        if (!mark.address().equals(to.toString())) {
            throw new ConfigurationFault("this store was moved to " + mark.address() + " at " + mark.at()
                    + ", expected that database, found " + to);
        }
    }

    private void copy(List<Table> tables, Filling begun) {
        var copying = new TableCopy(source, copy, begun, progress);
        int reached = Tables.NAMES.indexOf(begun.table());
        for (int i = Math.max(0, reached); i < tables.size(); i++) {
            copying.copy(tables.get(i), i == reached ? begun.rows() : 0);
        }
    }

    private SequencedMap<String, Long> counts(List<Table> tables) {
        return source.read(rows -> {
            var counts = new LinkedHashMap<String, Long>();
            for (Table table : tables) {
                counts.put(
                        table.name(),
                        rows.first(table.count(), row -> row.getLong(1)).orElse(0L));
            }
            return counts;
        });
    }

    private Optional<Difference> compare(List<Table> tables, SequencedMap<String, Long> counts) {
        var comparison = new RowComparison(source, copy, progress);
        return tables.stream()
                .flatMap(table -> comparison.find(table, counts.getOrDefault(table.name(), 0L)).stream())
                .findFirst();
    }

    /** Only as it was copied, in the transaction that closes it. */
    private Moved close(List<Table> tables, String content) {
        var mark = new Moved(
                to.toString(), clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        boolean isClosed = source.commit(rows -> {
            boolean isAsCopied = SourceContent.of(tables, rows).equals(content);
            if (isAsCopied) {
                mark.mark(rows);
            }
            return isAsCopied;
        });
        if (!isClosed) {
            throw new StoreFault(
                    "the store was written to while it was copied; nothing was switched, run this again", null);
        }
        return mark;
    }
}
