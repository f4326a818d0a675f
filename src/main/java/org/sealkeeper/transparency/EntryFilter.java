package org.sealkeeper.transparency;

import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;

/** Which leaves an auditor wants to see; all of them where nothing is said. */
record EntryFilter(
        Optional<String> caller, Optional<String> operation, Optional<String> chain, Optional<String> outcome) {

    boolean accepts(RecordedLeaf leaf) {
        return says(leaf, LeafField.CALLER, caller)
                && says(leaf, LeafField.OPERATION, operation)
                && says(leaf, LeafField.CHAIN, chain)
                && says(leaf, LeafField.OUTCOME, outcome);
    }

    private static boolean says(RecordedLeaf leaf, LeafField field, Optional<String> wanted) {
        return wanted.isEmpty() || leaf.says(field, wanted.get());
    }
}
