package org.sealkeeper.ledger.verification;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.ledger.BatchProof;
import org.sealkeeper.ledger.BatchedStatement;
import org.sealkeeper.verify.StrictObject;

/**
 * A signed block as its JSON has it, with nothing judged.
 *
 * @param batched present where there are both a statement and a proof
 * @param others what stands beside these
 */
record BlockMembers(String signature, Optional<BatchedStatement> batched, Map<String, Object> others) {
    private static final String SIGNATURE = "signature";
    private static final String STATEMENT = "statement";
    private static final String PROOF = "proof";

    /** @throws IllegalArgumentException if it is no signed block */
    static BlockMembers parse(String json) {
        Map<String, Object> members = StrictObject.parse(json).members();
        if (!(members.remove(SIGNATURE) instanceof String signature)) {
            throw new IllegalArgumentException("expected a JWS in '" + SIGNATURE + "'");
        }
        if (!members.containsKey(STATEMENT) && !members.containsKey(PROOF)) {
            return new BlockMembers(signature, Optional.empty(), members);
        }
        if (members.remove(STATEMENT) instanceof String statement
                && members.remove(PROOF) instanceof StrictObject proof) {
            return new BlockMembers(
                    signature, Optional.of(new BatchedStatement(statement, proof(proof.members()))), members);
        }
        throw new IllegalArgumentException("expected text in '" + STATEMENT + "' and an object in '" + PROOF + "'");
    }

    private static BatchProof proof(Map<String, Object> members) {
        if (members.size() == 3
                && members.get("leafIndex") instanceof Long index
                && members.get("leafCount") instanceof Long count
                && members.get("hashes") instanceof List<?> hashes) {
            return new BatchProof(
                    narrowed(index),
                    narrowed(count),
                    hashes.stream().map(String.class::cast).toList());
        }
        throw new IllegalArgumentException("expected leafIndex, leafCount and hashes in '" + PROOF + "'");
    }

    /** What is too large or too small for a tree stays so. */
    private static int narrowed(long number) {
        return Math.clamp(number, -1, Integer.MAX_VALUE);
    }
}
