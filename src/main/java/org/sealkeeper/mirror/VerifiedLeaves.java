package org.sealkeeper.mirror;

import java.util.function.BiConsumer;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.TreeHash;

/** The leaves of a log that {@link LogVerifier} found valid, read again. */
public record VerifiedLeaves(LogSource source, Checkpoint checkpoint) {

    /**
     * Gives every leaf with its index, the oldest first, and hashes them once more: a server may give out others than those that were
     * verified. So they count only once this returned.
     *
     * @throws InvalidLog at an entry that is not a leaf, or if the entries are not those of the checkpoint
     */
    public void forEach(BiConsumer<Long, RecordedLeaf> reader) {
        var log = new LogReader(source, checkpoint.size());
        var read = new CompactRange();
        for (long bundle = 0; bundle < log.shape().bundles(); bundle++) {
            for (byte[] entry : log.bundle(bundle)) {
                reader.accept(read.size(), LogVerifier.parse(read.size(), entry));
                read.append(TreeHash.ofLeaf(entry));
            }
        }
        if (!read.root().equals(checkpoint.root())) {
            throw new InvalidLog(
                    "the entries", "expected those of the checkpoint, found others when they were read again");
        }
    }
}
