package org.sealkeeper.audit;

import java.util.Set;

/**
 * That a leaf names an earlier one.
 *
 * @param by the member that has the index of the earlier leaf
 * @param isRequired whether a leaf without that member is of another kind
 * @param operation what the earlier leaf must be about
 * @param outcome how the earlier leaf must say it ended
 * @param shared the members that say the same in both leaves, or are in neither
 */
record LeafReference(LeafField by, boolean isRequired, Operation operation, Outcome outcome, Set<LeafField> shared) {
    LeafReference {
        shared = Set.copyOf(shared);
    }

    boolean isTo(RecordedLeaf earlier) {
        return earlier.unknown().isEmpty()
                && earlier.says(LeafField.OPERATION, operation.text())
                && earlier.says(LeafField.OUTCOME, outcome.text());
    }
}
