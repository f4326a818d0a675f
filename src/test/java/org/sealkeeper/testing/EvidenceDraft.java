package org.sealkeeper.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.evidence.Evidence;

/** A bundle of evidence of which one part after the other is exchanged. */
record EvidenceDraft(Evidence made) {
    static EvidenceDraft of(Evidence evidence) {
        return new EvidenceDraft(evidence);
    }

    String block() {
        return made.block().orElseThrow();
    }

    EvidenceDraft block(String block) {
        return new EvidenceDraft(new Evidence(
                made.about(),
                Optional.of(block),
                made.predecessor(),
                made.certificates(),
                made.leaves(),
                made.history(),
                made.policy()));
    }

    /** With this in the text of the block instead of that. */
    EvidenceDraft block(String pattern, String replacement) {
        return block(replaced(block(), pattern, replacement));
    }

    EvidenceDraft predecessor(@Nullable String block) {
        return new EvidenceDraft(new Evidence(
                made.about(),
                made.block(),
                Optional.ofNullable(block),
                made.certificates(),
                made.leaves(),
                made.history(),
                made.policy()));
    }

    EvidenceDraft certificate(String certificate) {
        return new EvidenceDraft(new Evidence(
                made.about(),
                made.block(),
                made.predecessor(),
                List.of(certificate),
                made.leaves(),
                made.history(),
                made.policy()));
    }

    EvidenceDraft leaves(List<ProvenLeaf> leaves) {
        return new EvidenceDraft(new Evidence(
                made.about(),
                made.block(),
                made.predecessor(),
                made.certificates(),
                leaves,
                made.history(),
                made.policy()));
    }

    EvidenceDraft history(List<ProvenLeaf> history) {
        return new EvidenceDraft(new Evidence(
                made.about(),
                made.block(),
                made.predecessor(),
                made.certificates(),
                made.leaves(),
                history,
                made.policy()));
    }

    EvidenceDraft policy(@Nullable String policy) {
        return new EvidenceDraft(new Evidence(
                made.about(),
                made.block(),
                made.predecessor(),
                made.certificates(),
                made.leaves(),
                made.history(),
                Optional.ofNullable(policy)));
    }

    /** With this in the last entry instead of that. */
    EvidenceDraft entry(String pattern, String replacement) {
        ProvenLeaf last = made.leaves().getLast();
        return last(new ProvenLeaf(replaced(last.entry(), pattern, replacement), last.proof()));
    }

    /** With this in the proof of the last entry instead of that. */
    EvidenceDraft proof(String pattern, String replacement) {
        ProvenLeaf last = made.leaves().getLast();
        return last(new ProvenLeaf(last.entry(), replaced(last.proof(), pattern, replacement)));
    }

    /** With this in all proofs instead of that. */
    EvidenceDraft proofs(String pattern, String replacement) {
        return leaves(made.leaves().stream()
                        .map(leaf -> new ProvenLeaf(leaf.entry(), replaced(leaf.proof(), pattern, replacement)))
                        .toList())
                .history(made.history().stream()
                        .map(leaf -> new ProvenLeaf(leaf.entry(), replaced(leaf.proof(), pattern, replacement)))
                        .toList());
    }

    EvidenceDraft last(ProvenLeaf leaf) {
        List<ProvenLeaf> leaves = new ArrayList<>(made.leaves());
        leaves.set(leaves.size() - 1, leaf);
        return leaves(leaves);
    }

    /** A forgery that changes nothing would prove nothing. */
    private static String replaced(String text, String pattern, String replacement) {
        String forged = text.replaceFirst(pattern, replacement);
        assertThat(forged).isNotEqualTo(text);
        return forged;
    }
}
