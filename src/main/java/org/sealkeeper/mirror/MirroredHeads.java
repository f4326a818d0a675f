package org.sealkeeper.mirror;

import java.util.SortedMap;
import java.util.TreeMap;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.merkle.Checkpoint;

/**
 * What a mirror says of the chains.
 *
 * @param checkpoint the newest of the mirrored log
 * @param heads of every chain the highest block that was ever about to be signed, or brought back after a rollback
 */
public record MirroredHeads(Checkpoint checkpoint, SortedMap<ChainName, Block> heads) {

    public record Block(Height height, BlockHash hash) {}

    /**
     * Reads all leaves of a log.
     *
     * @param checkpoint of this log, which was verified as a whole
     */
    public static MirroredHeads of(LogSource source, Checkpoint checkpoint) {
        var log = new LogReader(source, checkpoint.size());
        var heads = new TreeMap<ChainName, Block>();
        for (long bundle = 0; bundle < log.shape().bundles(); bundle++) {
            for (byte[] entry : log.bundle(bundle)) {
                raise(heads, RecordedLeaf.parse(entry));
            }
        }
        return new MirroredHeads(checkpoint, heads);
    }

    private static void raise(SortedMap<ChainName, Block> heads, RecordedLeaf leaf) {
        boolean isOfBlock = (leaf.says(LeafField.OPERATION, Operation.SIGN_BLOCK.text())
                        || leaf.says(LeafField.OPERATION, Operation.ACCEPT_ROLLBACK.text()))
                && leaf.text(LeafField.BLOCK_HASH).isPresent()
                && !leaf.says(LeafField.OUTCOME, Outcome.REFUSED.text());
        if (isOfBlock) {
            var chain = new ChainName(leaf.text(LeafField.CHAIN).orElseThrow());
            var block = new Block(
                    new Height(leaf.number(LeafField.HEIGHT).orElseThrow()),
                    new BlockHash(leaf.text(LeafField.BLOCK_HASH).orElseThrow()));
            heads.merge(chain, block, MirroredHeads::higher);
        }
    }

    private static Block higher(Block one, Block other) {
        return other.height().compareTo(one.height()) > 0 ? other : one;
    }
}
