package org.sealkeeper.ledger.signing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.ledger.BatchStatement;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.ledger.StatementTree;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.JwsHeader;

/**
 * A tree that a key is to sign.
 *
 * @param statement what is to be signed
 * @param enters which statements of the batch are its leaves, in their order
 */
record UnsignedBatch(CataloguedKey pair, StatementTree tree, BatchStatement statement, List<Boolean> enters) {

    /**
     * Of those statements that enter.
     *
     * @param enters one at least
     */
    static UnsignedBatch of(CataloguedKey pair, List<BlockStatement> statements, List<Boolean> enters, Instant now) {
        List<BlockStatement> leaves = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            if (enters.get(i)) {
                leaves.add(statements.get(i));
            }
        }
        var tree = new StatementTree(leaves);
        return new UnsignedBatch(pair, tree, tree.statement(now), enters);
    }

    /** The bytes the pair signs. */
    byte[] signingInput() {
        return CompactJws.signingInput(
                new JwsHeader(algorithm(), pair.keyId(), BatchStatement.TYPE), statement.canonicalJson());
    }

    /** What each block of the batch is given: the signature of all, with its own proof; nothing if it did not enter. */
    List<Optional<KeptSignature>> signed(byte[] signature) {
        String jws = CompactJws.assemble(signingInput(), signature);
        List<Optional<KeptSignature>> made = new ArrayList<>();
        int leaf = 0;
        for (boolean isLeaf : enters) {
            made.add(
                    isLeaf
                            ? Optional.of(KeptSignature.unrecorded(
                                    pair.keyId(), algorithm(), jws, Optional.of(tree.proof(leaf++))))
                            : Optional.empty());
        }
        return made;
    }

    private SigningAlgorithm algorithm() {
        return pair.verificationKey().algorithm();
    }
}
