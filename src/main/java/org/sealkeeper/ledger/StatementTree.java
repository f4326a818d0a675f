package org.sealkeeper.ledger;

import java.time.Instant;
import java.util.List;
import org.sealkeeper.merkle.LeafTree;
import org.sealkeeper.merkle.TreeHash;

/** The tree over the statements of a batch, one leaf for each in their order. */
public final class StatementTree {
    private final LeafTree tree;

    /** @param statements one or more */
    public StatementTree(List<BlockStatement> statements) {
        this.tree = new LeafTree(statements.stream()
                .map(statement -> TreeHash.ofLeaf(statement.canonicalJson()))
                .toList());
    }

    /**
     * What is to be signed.
     *
     * @throws IllegalArgumentException if there are no statements, or too many for one batch
     */
    public BatchStatement statement(Instant signedAt) {
        return new BatchStatement(tree.root(), tree.size(), signedAt);
    }

    /** That the statement at an index is in it. */
    public BatchProof proof(int leaf) {
        return BatchProof.of(tree.proof(leaf));
    }
}
