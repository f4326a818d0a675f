package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Store;

/** What a store must be, whenever the power failed: chains without holes, heads and a log that fit them, and all that callers were told. */
record StoreAfterCut(Store store) {

    /** A block that a caller was told is signed. */
    record Acknowledged(String chain, long height, String signature) {}

    /** A checkpoint that an auditor saw. */
    record Seen(long size, String root) {}

    private record Block(String chain, long height, String previous, String hash, String signature, long leaf) {
        boolean isSigned() {
            return signature != null;
        }
    }

    void assertThatItIsWhole(List<Acknowledged> blocks, List<Seen> checkpoints) {
        List<Block> kept = blocks();
        Map<String, List<Block>> chains = kept.stream().collect(Collectors.groupingBy(Block::chain));
        chains.values().forEach(StoreAfterCut::assertThatItHasNoHoles);
        assertThat(heads())
                .isEqualTo(chains.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                chain -> chain.getValue().getLast().hash())));
        assertThat(kept.stream().filter(Block::isSigned).map(StoreAfterCut::acknowledged))
                .containsAll(blocks);
        assertThatTheLogFits(kept, checkpoints);
    }

    private static Acknowledged acknowledged(Block block) {
        return new Acknowledged(block.chain(), block.height(), block.signature());
    }

    private static void assertThatItHasNoHoles(List<Block> chain) {
        for (int i = 1; i < chain.size(); i++) {
            Block below = chain.get(i - 1);
            Block block = chain.get(i);
            assertThat(block.height()).isEqualTo(below.height() + 1);
            assertThat(block.previous()).isEqualTo(below.hash());
            assertThat(block.isSigned())
                    .as("%s above %s", block, below)
                    .matches(isSigned -> !isSigned || below.isSigned());
        }
    }

    private void assertThatTheLogFits(List<Block> kept, List<Seen> checkpoints) {
        List<byte[]> leaves = store.read(rows -> LogHistory.entriesFrom(rows, 0));
        var range = new CompactRange();
        List<String> roots = new ArrayList<>(List.of(range.root().base64()));
        for (byte[] leaf : leaves) {
            range.append(TreeHash.ofLeaf(leaf));
            roots.add(range.root().base64());
        }
        var log = new LogHistory(store);
        assertThat(log.size()).isEqualTo(leaves.size());
        assertThat(log.range(leaves.size()).root().base64()).isEqualTo(roots.getLast());
        assertThat(checkpoints)
                .allSatisfy(seen -> assertThat(roots.get((int) seen.size())).isEqualTo(seen.root()));
        kept.stream().filter(Block::isSigned).forEach(block -> assertThatItHasItsLeaf(block, leaves));
    }

    private static void assertThatItHasItsLeaf(Block block, List<byte[]> leaves) {
        RecordedLeaf leaf = RecordedLeaf.parse(leaves.get((int) block.leaf()));
        assertThat(leaf.says(LeafField.OUTCOME, "done")).isTrue();
        assertThat(leaf.says(LeafField.BLOCK_HASH, block.hash())).isTrue();
    }

    private List<Block> blocks() {
        return store.read(rows -> rows.list(
                "SELECT chain, height, previous_hash, block_hash, signature, audit_index FROM block ORDER BY chain, height",
                row -> new Block(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6))));
    }

    private Map<String, String> heads() {
        return store
                .read(rows -> rows.list(
                        "SELECT chain, block_hash FROM chain_head",
                        row -> Map.entry(row.getString(1), row.getString(2))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
