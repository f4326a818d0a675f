package org.sealkeeper.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.merkle.TlogProof;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.InvalidLog;

/** Judges leaves that come in a file with their proofs. */
public final class ProvenLeaves {
    private ProvenLeaves() {}

    /**
     * The proof of a leaf that a checkpoint of the log commits to.
     *
     * @param place where the leaf is, for messages
     * @throws InvalidLog unless it does, and the checkpoint is signed by a key that is trusted
     */
    public static TlogProof require(String place, ProvenLeaf leaf, CheckpointJudge judge) {
        TlogProof proof = proof(place, leaf);
        var _ = judge.remembered(place, proof.checkpoint().bytes());
        if (!proof.proves(leaf.entry().getBytes(UTF_8))) {
            throw new InvalidLog(place, "expected it to be in the tree of the checkpoint, found that its proof fails");
        }
        return proof;
    }

    private static TlogProof proof(String place, ProvenLeaf leaf) {
        try {
            return TlogProof.parse(leaf.proof());
        } catch (IllegalArgumentException e) {
            throw new InvalidLog(place, "expected a proof that it is in the log: " + e.getMessage());
        }
    }
}
