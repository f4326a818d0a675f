package org.sealkeeper.ledger;

import java.nio.charset.StandardCharsets;

/**
 * What a signed block has beside the signature of its batch, so that it says something of this block.
 *
 * @param statement the canonical JSON of the block's statement, as it was hashed
 * @param proof that it is a leaf of the batch
 */
public record BatchedStatement(String statement, BatchProof proof) {

    /** Whether the statement is a leaf of this batch. */
    public boolean isIn(BatchStatement batch) {
        return proof.proves(bytes(), batch);
    }

    /**
     * What it says.
     *
     * @throws IllegalArgumentException if it is no statement of a block in canonical JSON
     */
    public BlockStatement parsed() {
        return BlockStatement.parse(bytes());
    }

    private byte[] bytes() {
        return statement.getBytes(StandardCharsets.UTF_8);
    }
}
