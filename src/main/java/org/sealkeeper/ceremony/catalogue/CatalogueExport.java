package org.sealkeeper.ceremony.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.store.Store;

/**
 * What the store had when a leaf said so.
 *
 * @param leaf the index of that leaf, which has the catalogue's digest
 */
public record CatalogueExport(Catalogue catalogue, long leaf) {

    /** Reads all of it, and tells the audit log, in one transaction. Blocks until that is durable. */
    public static CatalogueExport of(Store store, String log, Instant now) {
        return store.commit(rows -> {
            Catalogue catalogue = Catalogue.of(log, now, rows);
            Leaf leaf = leaf(Operation.EXPORT_CATALOGUE, catalogue, now);
            return new CatalogueExport(catalogue, new Leaves(rows).append(leaf));
        });
    }

    static Leaf leaf(Operation operation, Catalogue catalogue, Instant now) {
        Leaf leaf = Leaf.ofCommand(now, operation, new Subject.Whole());
        return leaf.decidedBy(new Decision(true, leaf.decision().rule(), Optional.of(catalogue.digest())));
    }
}
