package org.sealkeeper.ledger.signing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.gate.JointEnding;
import org.sealkeeper.gate.OutcomeRecord;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.ledger.KeptSignature;

/**
 * Keeps the signatures of a batch in one transaction, each block for itself: what one of them ends in leaves the others alone.
 *
 * @param blocks in the order of the intent's leaves
 */
record BatchKeeping(List<SignatureKeeping> blocks)
        implements JointEnding<List<Optional<KeptSignature>>, List<SigningOutcome>> {

    /** @param made empty for a block that did not get into the tree, since the one below it has no signature */
    @Override
    public List<SigningOutcome> ended(List<Optional<KeptSignature>> made, List<OutcomeRecord> outcomes)
            throws SQLException {
        List<SigningOutcome> told = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            SignatureKeeping block = blocks.get(i);
            OutcomeRecord outcome = outcomes.get(i);
            told.add(
                    made.get(i).isPresent()
                            ? block.ended(made.get(i).get(), outcome)
                            : block.predecessorUnsigned(outcome));
        }
        return told;
    }

    @Override
    public List<Leaf> failed(Fault fault, List<Long> begun) {
        List<Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            leaves.add(blocks.get(i).failed(fault, begun.get(i)));
        }
        return leaves;
    }

    @Override
    public void submitted() {
        blocks.forEach(SignatureKeeping::submitted);
    }
}
