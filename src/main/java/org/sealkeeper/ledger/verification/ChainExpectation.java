package org.sealkeeper.ledger.verification;

import java.util.Optional;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Sequence;

/**
 * What an auditor knows of a chain before reading it.
 *
 * @param chain the name every block must bear; where it is not known, the first block's
 * @param anchor the block just below the first one; without it a contiguous chain begins at genesis
 * @param head the hash of the last block; without it a chain that is cut off at its end passes: its length is not known
 *     then
 */
public record ChainExpectation(
        Optional<ChainName> chain, Optional<Anchor> anchor, Sequence sequence, Optional<BlockHash> head) {}
