package org.sealkeeper.audit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/**
 * Compares a leaf with the {@link LeafTable} and the earlier leaves it names. The writer of the log asks it before a leaf is appended,
 * an auditor's verifier afterwards.
 *
 * @param earlier the leaf at an index before the one that is judged; empty where there is none
 */
public record LeafJudge(LongFunction<Optional<RecordedLeaf>> earlier) {
    /** The members that have the index of an earlier leaf. */
    static final List<LeafField> NAMES_OF_LEAVES = List.of(LeafField.BEGUN, LeafField.EMERGENCY);
    /** What may be shown in a message to an operator's terminal. */
    private static final Pattern WORD = Pattern.compile("[a-z-]{1,40}");

    /** The verdict on a leaf. */
    public LeafJudgement judge(RecordedLeaf leaf) {
        if (leaf.unknown().isPresent()) {
            return new LeafJudgement.Unknown(leaf.unknown().get());
        }
        Optional<LeafKind> kind = LeafTable.kind(word(leaf, LeafField.OPERATION), word(leaf, LeafField.OUTCOME));
        if (kind.isEmpty()) {
            return new LeafJudgement.Unknown(named(leaf));
        }
        return NAMES_OF_LEAVES.stream()
                .map(by -> judge(leaf, by, kind.get()))
                .filter(judgement -> !(judgement instanceof LeafJudgement.Fits))
                .findFirst()
                .orElse(new LeafJudgement.Fits());
    }

    private LeafJudgement judge(RecordedLeaf leaf, LeafField by, LeafKind kind) {
        OptionalLong index = leaf.number(by);
        Optional<LeafReference> reference = kind.references().stream()
                .filter(candidate -> candidate.by() == by)
                .findFirst();
        if (index.isEmpty()) {
            return reference.filter(LeafReference::isRequired).isPresent()
                    ? new LeafJudgement.Unknown(named(leaf) + " without '" + by.fieldName() + "'")
                    : new LeafJudgement.Fits();
        }
        if (reference.isEmpty()) {
            return new LeafJudgement.Unknown(named(leaf) + " with '" + by.fieldName() + "'");
        }
        return earlier.apply(index.getAsLong())
                .map(named -> compare(leaf, reference.get(), named, index.getAsLong()))
                .orElseGet(() -> new LeafJudgement.Contradiction(
                        "expected '" + by.fieldName() + "' to be an earlier leaf, found " + index.getAsLong()));
    }

    private static LeafJudgement compare(RecordedLeaf leaf, LeafReference reference, RecordedLeaf named, long index) {
        String by = reference.by().fieldName();
        if (!reference.isTo(named)) {
            return new LeafJudgement.Unknown(named(leaf) + " with '" + by + "' naming " + named(named));
        }
        return reference.shared().stream()
                .filter(field -> !leaf.value(field).equals(named.value(field)))
                .sorted()
                .findFirst()
                .<LeafJudgement>map(field -> new LeafJudgement.Contradiction("expected leaf " + index + ", which '" + by
                        + "' names, to say the same as '" + field.fieldName() + "', found another"))
                .orElseGet(LeafJudgement.Fits::new);
    }

    private static String named(RecordedLeaf leaf) {
        return "'" + word(leaf, LeafField.OPERATION) + "' '" + word(leaf, LeafField.OUTCOME) + "'";
    }

    private static String word(RecordedLeaf leaf, LeafField field) {
        return leaf.text(field).filter(text -> WORD.matcher(text).matches()).orElse("?");
    }
}
