package org.sealkeeper.mirror;

import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.merkle.TreeHash;

/**
 * A signed block that needs its leaf.
 *
 * @param auditIndex where the block says that its leaf is
 */
public record AuditedBlock(
        long auditIndex, ChainName chain, Height height, BlockHash previousHash, BlockHash blockHash, KeyId keyId) {

    /** A hash of all that the leaf must say too. */
    TreeHash statement() {
        return BlockCheck.statement(chain.value(), height.value(), previousHash.hex(), blockHash.hex(), keyId.value());
    }
}
