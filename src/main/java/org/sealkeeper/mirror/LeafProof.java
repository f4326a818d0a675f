package org.sealkeeper.mirror;

import java.util.HashMap;
import java.util.Map;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.InclusionProof;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.merkle.TlogProof;

/** One leaf, proven to be in the log. */
public final class LeafProof {
    private final byte[] entry;
    private final TlogProof proof;

    private LeafProof(byte[] entry, TlogProof proof) {
        this.entry = entry;
        this.proof = proof;
    }

    /**
     * The leaf of an index; reads its bundle, and of each level two tiles at most.
     *
     * @param checkpoint whose signatures were judged by the caller
     * @param index below the size of the checkpoint
     * @throws InvalidLog if it is not what the checkpoint commits to
     */
    public static LeafProof of(LogSource source, Note checkpoint, long index) {
        Checkpoint tree = Checkpoint.parse(checkpoint.text());
        var log = new LogReader(source, tree.size());
        byte[] entry = log.entry(index);
        // Of most tiles several hashes are needed.
        Map<TileId, byte[]> tiles = new HashMap<>();
        var hashes = new TiledTree(tree.size(), tile -> tiles.computeIfAbsent(tile, log::hashes));
        InclusionProof inclusion = InclusionProof.of(index, tree.size(), hashes);
        var proof = new TlogProof(index, inclusion.hashes(), checkpoint);
        if (!proof.proves(entry)) {
            throw InvalidLog.atLeaf(
                    index,
                    "expected it to be in the tree of the checkpoint, found that its proof fails: verify the log");
        }
        return new LeafProof(entry, proof);
    }

    /** Its exact bytes: canonical JSON. */
    public byte[] entry() {
        return entry.clone();
    }

    /** What it says. */
    public RecordedLeaf leaf() {
        return LogVerifier.parse(proof.index(), entry);
    }

    public TlogProof proof() {
        return proof;
    }
}
