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
 * @param heads of every chain the highest block that was ever about to be signed, brought back after a rollback, or handed
 *     over by another appliance
 * @param handedOver the number of the last handover of each chain that was closed, and did not come back
 */
public record MirroredHeads(
        Checkpoint checkpoint, SortedMap<ChainName, Block> heads, SortedMap<ChainName, Long> handedOver) {

    public record Block(Height height, BlockHash hash) {}

    /**
     * Reads all leaves of a log.
     *
     * @param checkpoint of this log, which was verified as a whole
     */
    public static MirroredHeads of(LogSource source, Checkpoint checkpoint) {
        var log = new LogReader(source, checkpoint.size());
        var heads = new TreeMap<ChainName, Block>();
        var handedOver = new TreeMap<ChainName, Long>();
        for (long bundle = 0; bundle < log.shape().bundles(); bundle++) {
            for (byte[] entry : log.bundle(bundle)) {
                RecordedLeaf leaf = RecordedLeaf.parse(entry);
                raise(heads, leaf);
                follow(handedOver, leaf);
            }
        }
        return new MirroredHeads(checkpoint, heads, handedOver);
    }

    private static void follow(SortedMap<ChainName, Long> handedOver, RecordedLeaf leaf) {
        if (leaf.says(LeafField.OPERATION, Operation.CLOSE_CHAIN.text())) {
            handedOver.put(chain(leaf), leaf.number(LeafField.HANDOVER).orElseThrow());
        } else if (leaf.says(LeafField.OPERATION, Operation.OPEN_CHAIN.text())) {
            handedOver.remove(chain(leaf));
        }
    }

    private static void raise(SortedMap<ChainName, Block> heads, RecordedLeaf leaf) {
        boolean isOfBlock = (leaf.says(LeafField.OPERATION, Operation.SIGN_BLOCK.text())
                        || leaf.says(LeafField.OPERATION, Operation.ACCEPT_ROLLBACK.text())
                        || leaf.says(LeafField.OPERATION, Operation.OPEN_CHAIN.text()))
                && leaf.text(LeafField.BLOCK_HASH).isPresent()
                && !leaf.says(LeafField.OUTCOME, Outcome.REFUSED.text());
        if (isOfBlock) {
            var block = new Block(
                    new Height(leaf.number(LeafField.HEIGHT).orElseThrow()),
                    new BlockHash(leaf.text(LeafField.BLOCK_HASH).orElseThrow()));
            heads.merge(chain(leaf), block, MirroredHeads::higher);
        }
    }

    private static ChainName chain(RecordedLeaf leaf) {
        return new ChainName(leaf.text(LeafField.CHAIN).orElseThrow());
    }

    private static Block higher(Block one, Block other) {
        return other.height().compareTo(one.height()) > 0 ? other : one;
    }
}
