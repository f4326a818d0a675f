package org.sealkeeper.ledger.signing;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.gate.Ending;
import org.sealkeeper.gate.OutcomeRecord;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.KeptSignature;

/**
 * Keeps the first signature of a block for ever; a later one is discarded, and its caller given the first.
 *
 * @param turn at the block; learns when the signature is on its way to the store
 */
record SignatureKeeping(Chain chain, BlockStatement block, SigningLeaves leaves, BlocksUnderWay.Turn turn)
        implements Ending<KeptSignature, SigningOutcome> {

    @Override
    public SigningOutcome ended(KeptSignature made, OutcomeRecord outcome) throws SQLException {
        var tops = ChainTops.of(outcome.rows());
        Optional<KeptSignature> first = tops.block(chain.name(), block.height()).flatMap(BlockRecord::signature);
        if (first.isPresent()) {
            long _ = outcome.append(leaves.replayed(OptionalLong.of(outcome.begun())));
            return SigningOutcome.Signed.again(block, first.get());
        }
        if (chain.hasPredecessor(block.height())
                && !tops.isSigned(chain, block.height().previous())) {
            return predecessorUnsigned(outcome);
        }
        KeptSignature kept = made.recordedAt(outcome.append(leaves.signed(outcome.begun())));
        tops.keepSignature(chain.name(), block.height(), kept);
        return SigningOutcome.Signed.first(block, kept);
    }

    /** Records that no signature was made or kept, since the block below has none. */
    SigningOutcome predecessorUnsigned(OutcomeRecord outcome) throws SQLException {
        var refusal = new Refusal.PredecessorUnsigned(block.height().previous(), block.previousHash());
        long _ = outcome.append(leaves.failed(outcome.begun(), refusal));
        return refusal;
    }

    @Override
    public Leaf failed(Fault fault, long begun) {
        return leaves.failed(begun, fault);
    }

    @Override
    public void submitted() {
        turn.submitted();
    }
}
