package org.sealkeeper.transparency;

import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.http.problem.Problem;

/** Which leaves an auditor wants to see; all of them where nothing is said. */
public record EntryFilter(
        Optional<String> caller,
        Optional<String> subject,
        Optional<String> operation,
        Optional<String> chain,
        Optional<String> outcome) {

    /** A mistyped operation or outcome is refused: an empty answer would look like a proof that nothing was done. */
    public Optional<Problem> whyNothingCanBeFound() {
        if (operation.isPresent() && Operation.named(operation.get()).isEmpty()) {
            return Optional.of(Problem.invalid("operation", "expected the name of an operation, as leaves have it"));
        }
        return outcome.isEmpty() || Outcome.named(outcome.get()).isPresent()
                ? Optional.empty()
                : Optional.of(Problem.invalid("outcome", "expected begun, done, replayed, refused or failed"));
    }

    public boolean accepts(RecordedLeaf leaf) {
        return says(leaf, LeafField.CALLER, caller)
                && says(leaf, LeafField.SUBJECT, subject)
                && says(leaf, LeafField.OPERATION, operation)
                && says(leaf, LeafField.CHAIN, chain)
                && says(leaf, LeafField.OUTCOME, outcome);
    }

    /** Whether {@link #accepts} can be true of a leaf with this text: what is wanted stands in it, or is written otherwise in JSON. */
    public boolean mayAccept(String entry) {
        return Stream.of(caller, subject, operation, chain, outcome)
                .flatMap(Optional::stream)
                .allMatch(wanted -> isEscapedInJson(wanted) || entry.contains(wanted));
    }

    private static boolean isEscapedInJson(String text) {
        return text.chars().anyMatch(character -> character < ' ' || character == '"' || character == '\\');
    }

    private static boolean says(RecordedLeaf leaf, LeafField field, Optional<String> wanted) {
        return wanted.isEmpty() || leaf.says(field, wanted.get());
    }
}
