package org.sealkeeper.audit;

import java.util.List;

/**
 * One row of the {@link LeafTable}.
 *
 * @param references the earlier leaves that a leaf of this kind names; it has none of the other members that name one
 */
record LeafKind(Operation operation, Outcome outcome, List<LeafReference> references) {
    LeafKind {
        references = List.copyOf(references);
    }
}
