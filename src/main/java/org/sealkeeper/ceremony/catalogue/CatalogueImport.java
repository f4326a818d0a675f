package org.sealkeeper.ceremony.catalogue;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.ceremony.CeremonyRecords;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.ChangePermit;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;

/**
 * Takes into a store what it lacks of a catalogue: rows that it does not have, and later states of those that it has. Nothing in the store goes
 * back to an earlier state, and nothing goes. What contradicts the store is refused as a whole.
 */
public record CatalogueImport(Store store, InstantSource clock, ChangePermit permit) {
    private static final String COMPROMISED_SINCE = "compromised_since";

    /**
     * A row that the store lacks, or has in an earlier state.
     *
     * @param row as it is to be
     */
    public record Taken(CatalogueTable table, CatalogueRow row, boolean isNew) {
        /** In words. */
        @Override
        public String toString() {
            return table.words(row) + (isNew ? " (new)" : "");
        }
    }

    /**
     * What the store lacks; nothing is changed.
     *
     * @throws ConfigurationFault if the catalogue contradicts the store
     */
    public List<Taken> lacking(Catalogue catalogue) {
        return store.read(rows -> lacking(catalogue, rows));
    }

    /**
     * Takes all that the store lacks, and tells the audit log, in one transaction.
     *
     * @return what was taken; nothing where the store lacked nothing
     * @throws ConfigurationFault if the catalogue contradicts the store, or may not be taken: nothing was changed
     */
    public List<Taken> take(Catalogue catalogue) {
        Decision by = permit.require(new Change.ImportCatalogue(catalogue.digest()));
        try {
            return store.commit(rows -> take(catalogue, by, rows));
        } catch (StoreFault voided) {
            // What is refused in a transaction voids it, and comes back as its cause.
            throw voided.getCause() instanceof ConfigurationFault refused ? refused : voided;
        }
    }

    private List<Taken> take(Catalogue catalogue, Decision by, Rows rows) throws SQLException {
        List<Taken> lacking = lacking(catalogue, rows);
        if (lacking.isEmpty()) {
            return lacking;
        }
        for (Taken taken : lacking) {
            write(taken, rows);
        }
        KeyCatalogue.requireReadable(rows);
        CeremonyRecords.requireReadable(rows);
        Leaf leaf = CatalogueExport.leaf(Operation.IMPORT_CATALOGUE, catalogue, clock.instant());
        long _ =
                new Leaves(rows).append(leaf.decidedBy(new Decision(true, by.rule(), Optional.of(catalogue.digest()))));
        return lacking;
    }

    private static void write(Taken taken, Rows rows) throws SQLException {
        try {
            if (taken.isNew()) {
                taken.table().insert(taken.row(), rows);
            } else {
                taken.table().update(taken.row(), rows);
            }
        } catch (SQLException e) {
            if (!Rows.isAgainstConstraint(e)) {
                throw e;
            }
            throw new ConfigurationFault(
                    "the catalogue contradicts the store: " + taken.table().words(taken.row())
                            + " cannot be beside what the store has; nothing was changed",
                    e);
        }
    }

    private static List<Taken> lacking(Catalogue catalogue, Rows rows) throws SQLException {
        List<Taken> lacking = new ArrayList<>();
        for (var table : catalogue.tables().entrySet()) {
            for (CatalogueRow found : table.getValue()) {
                lacking(table.getKey(), found, rows).ifPresent(lacking::add);
            }
        }
        return lacking;
    }

    private static Optional<Taken> lacking(CatalogueTable table, CatalogueRow found, Rows rows) throws SQLException {
        Optional<CatalogueRow> stored = table.stored(found, rows);
        if (stored.isEmpty()) {
            return Optional.of(new Taken(table, table.whenNew(found), true));
        }
        CatalogueRow merged = merged(table, stored.get(), found);
        return merged.equals(stored.get()) ? Optional.empty() : Optional.of(new Taken(table, merged, false));
    }

    private static CatalogueRow merged(CatalogueTable table, CatalogueRow stored, CatalogueRow found) {
        List<String> differences = stored.differences(found, table.fixed());
        if (!differences.isEmpty()) {
            throw new ConfigurationFault("the catalogue contradicts the store: " + table.words(found) + " has another "
                    + String.join(", ", differences) + " there; nothing was changed");
        }
        try {
            CatalogueRow later = table.later().compare(found, stored) > 0 ? found : stored;
            // Whichever was told first: what is doubted stays so.
            return table.changing().contains(COMPROMISED_SINCE)
                    ? Later.withEarliest(COMPROMISED_SINCE, Later.withEarliest(COMPROMISED_SINCE, later, stored), found)
                    : later;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(
                    "the catalogue is not one that Sealkeeper wrote: " + table.words(found) + ": " + e.getMessage(), e);
        }
    }
}
