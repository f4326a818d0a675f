package org.sealkeeper.fhir;

import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;

/**
 * A leaf at its place in a log, of a kind that can be told.
 *
 * @param log its origin
 */
public record LoggedLeaf(
        Origin log, long index, TreeHash hash, RecordedLeaf leaf, Operation operation, Outcome outcome) {
    private static final int DIGITS = 32;

    /**
     * The leaf of an index.
     *
     * @throws IllegalArgumentException if it is of a kind that only a newer version knows
     */
    public static LoggedLeaf of(Origin log, long index, RecordedLeaf leaf) {
        Optional<Operation> operation = leaf.text(LeafField.OPERATION).flatMap(Operation::named);
        Optional<Outcome> outcome = leaf.text(LeafField.OUTCOME).flatMap(Outcome::named);
        if (leaf.unknown().isPresent() || operation.isEmpty() || outcome.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a leaf of a kind this version knows; only a newer version can tell leaf " + index);
        }
        return new LoggedLeaf(log, index, TreeHash.ofLeaf(leaf.entry()), leaf, operation.get(), outcome.get());
    }

    /** Names it among the leaves of all logs. */
    String identifier() {
        return identifier(log.value(), index);
    }

    static String identifier(String log, long index) {
        return log + "#" + index;
    }

    /** The id of its resource: the same each time, and of no other leaf. At most 52 of the 64 characters that FHIR allows. */
    String id() {
        return log.sha256().substring(0, DIGITS) + "-" + index;
    }

    /** Whether it says that a data key left for its recipient. */
    boolean isRelease() {
        return operation == Operation.UNWRAP_DATA_KEY && outcome == Outcome.DONE;
    }
}
