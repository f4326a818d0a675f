package org.sealkeeper.mirror;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.Checkpoint;

/**
 * The releases of a data key, under whichever key-encryption key it was wrapped then: re-wrapping gives it another id. Reads the log twice, and
 * needs the memory of its re-wrappings. Whether the log is genuine, {@link LogVerifier} judges.
 */
public record Disclosures(VerifiedLeaves leaves) {

    /** That of the log. */
    public Checkpoint checkpoint() {
        return leaves.checkpoint();
    }

    /** A release, and the index of its leaf. */
    public record Disclosure(long index, RecordedLeaf leaf) {}

    /**
     * Every release of the data key, the oldest first.
     *
     * @param dataKey the id of the wrapped key that lies beside the record, SHA-256 in lowercase hex
     * @throws InvalidLog at an entry that is not a leaf, or if the entries are not those of the checkpoint
     */
    public List<Disclosure> of(String dataKey) {
        Set<String> ids = idsOf(dataKey);
        List<Disclosure> found = new ArrayList<>();
        leaves.forEach((index, leaf) -> {
            if (isDone(leaf, Operation.UNWRAP_DATA_KEY)
                    && leaf.text(LeafField.DATA_KEY).filter(ids::contains).isPresent()) {
                found.add(new Disclosure(index, leaf));
            }
        });
        return found;
    }

    /** All that one data key was called: what was re-wrapped into it, and what it was re-wrapped into. */
    private Set<String> idsOf(String dataKey) {
        Map<Long, String> begun = new HashMap<>();
        Map<String, Set<String>> sameKey = new HashMap<>();
        leaves.forEach((index, leaf) -> {
            if (leaf.says(LeafField.OPERATION, Operation.REWRAP_DATA_KEY.text())) {
                Optional<String> id = leaf.text(LeafField.DATA_KEY);
                if (leaf.says(LeafField.OUTCOME, Outcome.BEGUN.text())) {
                    id.ifPresent(old -> begun.put(index, old));
                } else {
                    // Of each that began there is one end.
                    String old = begun.remove(leaf.number(LeafField.BEGUN).orElse(-1));
                    if (old != null && leaf.says(LeafField.OUTCOME, Outcome.DONE.text()) && id.isPresent()) {
                        sameKey.computeIfAbsent(old, _ -> new HashSet<>()).add(id.get());
                        sameKey.computeIfAbsent(id.get(), _ -> new HashSet<>()).add(old);
                    }
                }
            }
        });
        Set<String> ids = new HashSet<>(Set.of(dataKey));
        Deque<String> next = new ArrayDeque<>(ids);
        while (!next.isEmpty()) {
            for (String other : sameKey.getOrDefault(next.pop(), Set.of())) {
                if (ids.add(other)) {
                    next.push(other);
                }
            }
        }
        return ids;
    }

    private static boolean isDone(RecordedLeaf leaf, Operation operation) {
        return leaf.says(LeafField.OPERATION, operation.text()) && leaf.says(LeafField.OUTCOME, Outcome.DONE.text());
    }
}
