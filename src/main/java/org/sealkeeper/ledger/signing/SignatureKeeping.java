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
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.KeptSignature;

/** Keeps the first signature of a block for ever; a later one is discarded, and its caller given the first. */
record SignatureKeeping(Chain chain, BlockStatement block, SigningLeaves leaves)
        implements Ending<KeptSignature, SigningOutcome> {

    @Override
    public SigningOutcome ended(KeptSignature made, OutcomeRecord outcome) throws SQLException {
        var table = new BlockTable(outcome.rows());
        Optional<KeptSignature> first =
                table.block(chain.name(), block.height()).flatMap(BlockRecord::signature);
        if (first.isPresent()) {
            long _ = outcome.append(leaves.replayed(OptionalLong.of(outcome.begun())));
            return SigningOutcome.Signed.again(block, first.get());
        }
        if (chain.hasPredecessor(block.height())
                && !table.isSigned(chain, block.height().previous())) {
            var refusal = new Refusal.PredecessorUnsigned(block.height().previous(), block.previousHash());
            long _ = outcome.append(leaves.failed(outcome.begun(), refusal));
            return refusal;
        }
        KeptSignature kept = made.recordedAt(outcome.append(leaves.signed(outcome.begun())));
        table.keepSignature(chain.name(), block.height(), kept);
        return SigningOutcome.Signed.first(block, kept);
    }

    @Override
    public Leaf failed(Fault fault, long begun) {
        return leaves.failed(begun, fault);
    }
}
