package org.sealkeeper.cli.store;

import java.util.Optional;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.move.Difference;
import org.sealkeeper.store.move.MoveCheck;
import org.sealkeeper.store.move.MoveProgress;

/** Hashes the leaves of the copy anew, and compares their root with that of the signed checkpoint, and with that of the source. */
record LogCheck(MoveProgress progress) implements MoveCheck {
    private static final long STEP = 8_192;

    @Override
    public Optional<Difference> find(Store source, Store copy) {
        var expected = new LogHistory(source);
        long size = expected.size();
        var leaves = new CompactRange();
        Optional<Checkpoint> signed = expected.checkpoint();
        if (signed.isPresent()) {
            extend(leaves, new LogHistory(copy), Math.min(signed.get().size(), size), size);
            if (!leaves.root().equals(signed.get().root())) {
                return difference(leaves, "the signed checkpoint", signed.get().root());
            }
        }
        extend(leaves, new LogHistory(copy), size, size);
        TreeHash root = expected.range(size).root();
        return leaves.root().equals(root) ? Optional.empty() : difference(leaves, "the source's log", root);
    }

    private void extend(CompactRange leaves, LogHistory log, long size, long total) {
        while (leaves.size() < size) {
            log.extend(leaves, Math.min(leaves.size() + STEP, size));
            progress.at("leaves hashed", leaves.size(), total);
        }
    }

    private static Optional<Difference> difference(CompactRange leaves, String of, TreeHash expected) {
        return Optional.of(new Difference(
                "audit_leaf",
                "the first " + leaves.size() + " leaves",
                "expected the root of " + of + ", " + expected + ", found " + leaves.root()));
    }
}
