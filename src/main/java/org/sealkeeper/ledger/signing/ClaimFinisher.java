package org.sealkeeper.ledger.signing;

import java.util.List;
import java.util.Optional;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.store.Store;

/**
 * Signs, at the start, claims that were left without a signature: over the statement that was kept with the claim. A request for the same
 * block gets this signature.
 */
public final class ClaimFinisher {
    private static final System.Logger LOG = System.getLogger(ClaimFinisher.class.getName());

    private final Chains chains;
    private final BlockSigner signer;
    private final Store store;

    public ClaimFinisher(Chains chains, BlockSigner signer, Store store) {
        this.chains = chains;
        this.signer = signer;
        this.store = store;
    }

    /** Waits for the token. What it cannot sign is told in the log, and tried again when its block is sent again. */
    public void finish() {
        List<BlockRecord> unsigned = store.read(rows -> new BlockTable(rows).unsigned());
        unsigned.forEach(this::finish);
    }

    private void finish(BlockRecord claim) {
        BlockStatement block = claim.statement();
        Optional<Chain> chain = chains.named(block.chain());
        if (chain.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the claim on {0} at height {1} has no signature, and its chain is not declared",
                    block.chain(),
                    block.height());
            return;
        }
        if (chain.get().isAboveCeiling(block.height())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the claim on {0} at height {1} has no signature, and is above the ceiling of its chain",
                    block.chain(),
                    block.height());
            return;
        }
        try {
            var _ = Completion.await(signer.finish(chain.get(), claim));
            LOG.log(
                    System.Logger.Level.INFO,
                    "the claim on {0} at height {1} had no signature, and has one now",
                    block.chain(),
                    block.height());
        } catch (RuntimeException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the claim on {0} at height {1} has no signature yet: {2}",
                    block.chain(),
                    block.height(),
                    failure.toString());
        }
    }
}
