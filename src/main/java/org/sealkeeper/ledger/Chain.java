package org.sealkeeper.ledger;

import java.util.Optional;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;

/**
 * One declared chain: its key, whose newest active version signs, and its form. The policy says which caller may do what with it.
 *
 * @param hashLength bytes of every block hash of this chain
 * @param first the height of the first block ever signed here: 0, or the anchor's plus one
 * @param firstLink what the first block must give as previous hash: zeros, or the anchor's hash
 * @param ceiling the height above which nothing is signed; empty where there is none
 * @param batches how requests for single blocks are collected to have one signature; empty where each block has its own
 */
public record Chain(
        ChainName name,
        KeyAlias signingKey,
        int hashLength,
        Sequence sequence,
        Height first,
        BlockHash firstLink,
        Optional<Height> ceiling,
        Optional<BatchBounds> batches) {

    public Chain {
        if (firstLink.lengthInBytes() != hashLength) {
            throw new IllegalArgumentException("expected an anchor hash of " + hashLength + " bytes, found "
                    + firstLink.lengthInBytes() + " bytes");
        }
    }

    /** Whether the operator lets nothing of this height be signed. */
    public boolean isAboveCeiling(Height height) {
        return ceiling.isPresent() && height.compareTo(ceiling.get()) > 0;
    }

    /** Whether a block of this height must be signed after the one below it. */
    public boolean hasPredecessor(Height height) {
        return sequence == Sequence.CONTIGUOUS && height.value() > 0;
    }
}
