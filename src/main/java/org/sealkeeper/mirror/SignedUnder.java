package org.sealkeeper.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.RecordedLeaf;

/**
 * When the blocks of a chain were signed, by the key that did; and which keys the log says are compromised. What a key signed before that counts:
 * its leaf is in the log from then. Times of leaves are texts of one form, which compare as the times do.
 */
final class SignedUnder {
    private final Map<String, List<Signed>> byKey = new HashMap<>();
    private final Map<String, String> compromisedSince = new HashMap<>();

    private record Signed(long height, String time) {}

    /** Notes what a leaf says of the state of a key. The earliest time counts. */
    void note(RecordedLeaf leaf) {
        if (leaf.says(LeafField.OPERATION, Operation.CHANGE_KEY_STATE.text())) {
            leaf.text(LeafField.COMPROMISED_SINCE)
                    .ifPresent(since -> leaf.text(LeafField.KEY_ID)
                            .ifPresent(key -> compromisedSince.merge(
                                    key, since, (one, other) -> one.compareTo(other) < 0 ? one : other)));
        }
    }

    /** Adds a block with the leaf that says that it was signed. */
    void add(long height, RecordedLeaf leaf) {
        byKey.computeIfAbsent(leaf.text(LeafField.KEY_ID).orElse(""), _ -> new ArrayList<>())
                .add(new Signed(height, leaf.text(LeafField.TIME).orElse("")));
    }

    /** @throws InvalidLog naming the first block that was signed while its key was compromised */
    void expectNoneDoubted() {
        compromisedSince.forEach((key, since) -> byKey.getOrDefault(key, List.of()).stream()
                .filter(block -> block.time().compareTo(since) >= 0)
                .findFirst()
                .ifPresent(block -> {
                    throw new InvalidLog(
                            "block " + block.height(),
                            "was signed at " + block.time() + " with the key " + key + ", which is compromised since "
                                    + since);
                }));
    }
}
