package org.sealkeeper.ledger;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.merkle.InclusionProof;
import org.sealkeeper.merkle.TreeHash;

/**
 * Proves that a block's statement is a leaf of a batch (RFC 6962 section 2.1.1).
 *
 * @param leafIndex of the statement, from 0
 * @param leafCount of the batch; what its signature says counts
 * @param hashes the siblings on the way from the leaf to the root, 64 lowercase hexadecimal digits each
 */
@Schema(requiredProperties = {"leafIndex", "leafCount", "hashes"})
public record BatchProof(int leafIndex, int leafCount, List<String> hashes) {
    /** Of the largest tree. */
    private static final int MAX_HASHES = 16;

    /** @throws IllegalArgumentException if it could be the proof of nothing */
    public BatchProof {
        hashes = List.copyOf(hashes);
        if (leafCount < 1 || leafCount > BatchStatement.MAX_LEAVES || hashes.size() > MAX_HASHES) {
            throw new IllegalArgumentException("expected a leafCount of 1 to " + BatchStatement.MAX_LEAVES
                    + " and at most " + MAX_HASHES + " hashes");
        }
        var _ = inclusion(leafIndex, leafCount, hashes);
    }

    static BatchProof of(InclusionProof proof) {
        return new BatchProof(
                Math.toIntExact(proof.index()),
                Math.toIntExact(proof.size()),
                proof.hashes().stream().map(TreeHash::hex).toList());
    }

    /** Whether it proves that this is the canonical JSON of a statement of that batch. */
    public boolean proves(byte[] statement, BatchStatement batch) {
        return leafCount == batch.leafCount()
                && inclusion(leafIndex, leafCount, hashes).proves(TreeHash.ofLeaf(statement), batch.root());
    }

    private static InclusionProof inclusion(int leafIndex, int leafCount, List<String> hashes) {
        return new InclusionProof(
                leafIndex, leafCount, hashes.stream().map(TreeHash::ofHex).toList());
    }

    /** As the store keeps it: index, count and hashes with blanks between. */
    String text() {
        return String.join(
                " ",
                Stream.concat(Stream.of(leafIndex, leafCount).map(number -> Integer.toString(number)), hashes.stream())
                        .toList());
    }

    /** Reads what {@link #text()} wrote. */
    static BatchProof parse(String text) {
        List<String> parts = List.of(text.split(" ", -1));
        return new BatchProof(
                Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1)), parts.subList(2, parts.size()));
    }
}
