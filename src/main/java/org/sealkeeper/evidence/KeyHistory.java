package org.sealkeeper.evidence;

import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.RecordedLeaf;

/**
 * What leaves say of a key. That none is left out, a bundle cannot prove: who reads the whole log can.
 *
 * @param steps in the order of the log
 */
record KeyHistory(List<Step> steps) {
    private static final String NAME = "key-history";
    private static final String IN_USE = "key-in-use";

    /** A leaf, and its index. */
    record Step(long index, RecordedLeaf leaf) {
        boolean says(Operation operation) {
            return leaf.says(LeafField.OPERATION, operation.text());
        }

        Optional<String> keyId() {
            return leaf.text(LeafField.KEY_ID);
        }
    }

    KeyHistory {
        steps = List.copyOf(steps);
    }

    Claim ofOneKey() {
        Optional<String> key = steps.getFirst().keyId();
        if (key.isEmpty() || !areOf(key.get())) {
            return Claim.fails(NAME, "the leaves are not of one key, in the order of the log");
        }
        return Claim.holds(NAME, steps.size() + " leaves say what became of the key " + key.get());
    }

    /** Whether the key was one that signs when a leaf says that it signed, and is not doubted for that time. */
    Claim inUse(String key, long signedAt, RecordedLeaf signed) {
        if (steps.isEmpty()) {
            return Claim.unknown(IN_USE, "the log of the bundle says nothing of the key " + key);
        }
        if (!areOf(key)) {
            return Claim.fails(IN_USE, "the leaves of the key's history are not of the key " + key);
        }
        String time = signed.text(LeafField.TIME).orElse("");
        for (Step step : steps) {
            // Times of leaves are texts of one form, which compare as the times do.
            Optional<String> since = step.leaf().text(LeafField.COMPROMISED_SINCE);
            if (since.isPresent() && since.get().compareTo(time) <= 0) {
                return Claim.fails(
                        IN_USE, "the key is compromised since " + since.get() + ", and this was signed at " + time);
            }
        }
        Optional<Step> last = steps.stream()
                .filter(step -> step.index() < signedAt && !step.says(Operation.IMPORT_CERTIFICATE))
                .reduce((_, later) -> later);
        if (last.isEmpty()) {
            return Claim.unknown(IN_USE, "no leaf from before the signature says that the key was made");
        }
        boolean signs =
                last.get().says(Operation.CREATE_KEY) || last.get().leaf().says(LeafField.KEY_STATE, "active");
        return signs
                ? Claim.holds(
                        IN_USE,
                        "the key was made before, and of the leaves in the bundle none ended its use until then")
                : Claim.fails(
                        IN_USE, "the leaf " + last.get().index() + " says that the key signed no more before that");
    }

    private boolean areOf(String key) {
        long before = -1;
        for (Step step : steps) {
            if (!step.keyId().equals(Optional.of(key)) || step.index() <= before) {
                return false;
            }
            before = step.index();
        }
        return true;
    }
}
