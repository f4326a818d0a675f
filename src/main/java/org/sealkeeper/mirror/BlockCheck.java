package org.sealkeeper.mirror;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.merkle.TreeHash;

/**
 * Holds the blocks of one chain against a log: each block has its leaf, and each leaf of a block that was signed has its
 * block. Blocks that are newer than the log are left alone: a chain grows while it is read. Needs about 100 bytes a block. Of use for one reading of a log.
 */
public final class BlockCheck {
    private final ChainName chain;
    private final List<Expected> expected = new ArrayList<>();
    private final SignedUnder signedUnder = new SignedUnder();
    private int next;

    public BlockCheck(ChainName chain) {
        this.chain = chain;
    }

    /** What the leaf at an index must say. */
    private record Expected(long auditIndex, long height, TreeHash statement) {}

    /** Expects the leaf of this block. All blocks are added before the log is read. */
    public void add(AuditedBlock block) {
        expected.add(new Expected(block.auditIndex(), block.height().value(), block.statement()));
    }

    /** The chain whose blocks these are. */
    public ChainName chain() {
        return chain;
    }

    /** How many blocks have been found to have their leaf. */
    public long blocks() {
        return next;
    }

    /** How many blocks were signed after the checkpoint, so that their leaves are not there to be seen. */
    long newer() {
        return (long) expected.size() - next;
    }

    void begin() {
        expected.sort(Comparator.comparingLong(Expected::auditIndex));
        for (int i = 1; i < expected.size(); i++) {
            if (expected.get(i).auditIndex == expected.get(i - 1).auditIndex) {
                throw new InvalidLog(
                        "block " + expected.get(i).height,
                        "expected a leaf of its own, found the one of block " + expected.get(i - 1).height);
            }
        }
    }

    /** Takes the leaves in their order. */
    void check(long index, RecordedLeaf leaf) {
        signedUnder.note(leaf);
        boolean isSigned = leaf.says(LeafField.OPERATION, Operation.SIGN_BLOCK.text())
                && leaf.says(LeafField.OUTCOME, Outcome.DONE.text())
                && leaf.says(LeafField.CHAIN, chain.value());
        if (next < expected.size() && expected.get(next).auditIndex == index) {
            Expected block = expected.get(next);
            next++;
            if (leaf.unknown().isPresent()) {
                return; // what it says, a newer program must judge
            }
            if (!isSigned || !statement(leaf).equals(block.statement)) {
                throw InvalidLog.atLeaf(
                        index,
                        "expected that block " + block.height
                                + " was signed, with its hashes and its key; found something else");
            }
            signedUnder.add(block.height, leaf);
        } else if (isSigned) {
            throw InvalidLog.atLeaf(
                    index,
                    "block " + leaf.number(LeafField.HEIGHT).orElse(-1) + " of chain " + chain
                            + " was signed, but is not in the export with this audit index; if the export is older"
                            + " than the log, export again");
        }
    }

    /** Once all leaves were taken: what a key signed from when on it is compromised is not worth anything. */
    void end() {
        signedUnder.expectNoneDoubted();
    }

    private static TreeHash statement(RecordedLeaf leaf) {
        return statement(
                leaf.text(LeafField.CHAIN).orElse(""),
                leaf.number(LeafField.HEIGHT).orElse(-1),
                leaf.text(LeafField.PREVIOUS_HASH).orElse(""),
                leaf.text(LeafField.BLOCK_HASH).orElse(""),
                leaf.text(LeafField.KEY_ID).orElse(""));
    }

    /** No member of a block has a line feed, so that no two statements have one text. */
    static TreeHash statement(String chain, long height, String previousHash, String blockHash, String keyId) {
        String text = String.join("\n", chain, Long.toString(height), previousHash, blockHash, keyId);
        return TreeHash.ofLeaf(text.getBytes(StandardCharsets.UTF_8));
    }
}
