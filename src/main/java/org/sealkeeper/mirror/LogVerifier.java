package org.sealkeeper.mirror;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.GrowingTiles;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.merkle.TrustPolicy;

/**
 * Judges a whole log, with nothing but the keys of a policy: its signatures, every leaf, every tile, every file. Reads each
 * leaf once, and needs the memory of a few bundles, however long the log.
 */
public final class LogVerifier {
    private static final String FORKED = ": the log was forked";

    private final CheckpointJudge judge;
    private final LogSource source;
    private final Progress progress;
    private long checked;

    /** @param progress is called after each bundle */
    public LogVerifier(CheckpointJudge judge, LogSource source, Progress progress) {
        this.judge = judge;
        this.source = source;
        this.progress = progress;
    }

    /**
     * Reads to the end, or to the first thing that is wrong.
     *
     * @param seen the checkpoint that was found valid last time: the log must have grown from it
     * @param blocks the blocks of one chain, each of which must have its leaf here, and no others
     * @throws SourceFault if the log cannot be read: it is then neither valid nor invalid
     * @throws MalformedLog if it is none: likewise
     */
    public LogVerdict verify(Optional<SignedCheckpoint> seen, Optional<BlockCheck> blocks) {
        try {
            return check(seen, blocks);
        } catch (InvalidLog e) {
            return new LogVerdict.Invalid(e.where(), e.reason(), checked);
        }
    }

    private LogVerdict check(Optional<SignedCheckpoint> seen, Optional<BlockCheck> blocks) {
        // First the one with cosignatures: a log that grows meanwhile has a checkpoint of at least its size.
        Optional<SignedCheckpoint> cosigned =
                source.find(LogFile.COSIGNED).map(bytes -> judge.judge(LogFile.COSIGNED.path(), bytes));
        SignedCheckpoint signed = judge.judge(LogFile.CHECKPOINT.path(), source.read(LogFile.CHECKPOINT));
        Checkpoint checkpoint = signed.checkpoint();
        expectQuorum(signed, cosigned);
        seen.ifPresent(earlier -> expectEarlier(FolderSource.SEEN, earlier.checkpoint(), checkpoint));
        cosigned.ifPresent(earlier -> expectEarlier(LogFile.COSIGNED.path(), earlier.checkpoint(), checkpoint));
        blocks.ifPresent(BlockCheck::begin);

        var log = new LogReader(source, checkpoint.size());
        var rules = new LeafRules(log);
        RebuiltTree tree = readLeaves(log, rules, sizes(checkpoint, seen, cosigned), blocks);
        expectRoot(LogFile.CHECKPOINT.path(), tree, checkpoint, "");
        blocks.ifPresent(BlockCheck::end);
        cosigned.ifPresent(earlier -> expectRoot(LogFile.COSIGNED.path(), tree, earlier.checkpoint(), FORKED));
        seen.ifPresent(earlier -> expectRoot(FolderSource.SEEN, tree, earlier.checkpoint(), FORKED));
        source.stray(log.shape()).ifPresent(path -> {
            throw new InvalidLog(
                    path,
                    "expected no such file in a log of " + checkpoint.size()
                            + " leaves; if a fetch was interrupted, run it again");
        });
        var report = new LogReport(
                signed,
                cosigned,
                rules.first(),
                rules.last(),
                seen.map(earlier -> OptionalLong.of(earlier.checkpoint().size()))
                        .orElse(OptionalLong.empty()),
                blocks,
                remarks(rules, signed, cosigned, blocks));
        return rules.unknown()
                .<LogVerdict>map(leaves -> new LogVerdict.Unknown(report, leaves))
                .orElseGet(() -> new LogVerdict.Valid(report));
    }

    private RebuiltTree readLeaves(LogReader log, LeafRules rules, Set<Long> sizes, Optional<BlockCheck> blocks) {
        var tree = new RebuiltTree(new GrowingTiles(), sizes, (tile, hashes) -> compare(log, tile, hashes));
        for (long bundle = 0; bundle < log.shape().bundles(); bundle++) {
            long index = bundle * TileId.FULL_WIDTH;
            for (byte[] entry : log.bundle(bundle)) {
                RecordedLeaf leaf = parse(index, entry);
                rules.check(index, leaf);
                if (blocks.isPresent()) {
                    blocks.get().check(index, leaf);
                }
                tree.append(entry);
                index++;
                checked = index;
            }
            progress.at(index, log.size());
        }
        tree.end();
        return tree;
    }

    static RecordedLeaf parse(long index, byte[] entry) {
        try {
            return RecordedLeaf.parse(entry);
        } catch (IllegalArgumentException e) {
            throw InvalidLog.atLeaf(index, "not a leaf: " + e.getMessage());
        }
    }

    private static void compare(LogReader log, TileId tile, byte[] expected) {
        int difference = Arrays.mismatch(expected, log.hashes(tile));
        if (difference >= 0) {
            throw new InvalidLog(
                    tile.path(),
                    "expected the hashes of the leaves below it, found another hash " + difference / TreeHash.BYTES
                            + ": the tile or a leaf below it was changed");
        }
    }

    private void expectQuorum(SignedCheckpoint signed, Optional<SignedCheckpoint> cosigned) {
        TrustPolicy policy = judge.policy();
        if (!policy.isSatisfiedBy(signed.witnesses())
                && cosigned.filter(note -> policy.isSatisfiedBy(note.witnesses()))
                        .isEmpty()) {
            if (policy.mightBeSatisfiedBy(signed.witnesses(), signed.note())
                    || cosigned.filter(note -> policy.mightBeSatisfiedBy(note.witnesses(), note.note()))
                            .isPresent()) {
                throw new SourceFault(
                        LogFile.COSIGNED.path()
                                + ": expected cosignatures that this version can check, found that the policy's"
                                + " quorum needs some of keys of other types: verify with a newer version",
                        null);
            }
            throw new InvalidLog(LogFile.COSIGNED.path(), "expected cosignatures of the policy's quorum, found fewer");
        }
    }

    static void expectEarlier(String path, Checkpoint earlier, Checkpoint checkpoint) {
        if (!earlier.origin().equals(checkpoint.origin())) {
            throw new InvalidLog(path, "expected a checkpoint of the same log, found that of another");
        }
        if (earlier.size() > checkpoint.size()) {
            throw new InvalidLog(
                    LogFile.CHECKPOINT.path(),
                    "expected a log of at least " + earlier.size() + " leaves, as " + path + " says, found "
                            + checkpoint.size() + ": the log was rolled back");
        }
    }

    private static void expectRoot(String path, RebuiltTree tree, Checkpoint checkpoint, String conclusion) {
        TreeHash found = tree.rootAt(checkpoint.size());
        if (!found.equals(checkpoint.root())) {
            throw new InvalidLog(
                    path,
                    "expected its root " + checkpoint.root() + " at size " + checkpoint.size()
                            + ", found that the leaves give " + found + conclusion);
        }
    }

    private static Set<Long> sizes(
            Checkpoint checkpoint, Optional<SignedCheckpoint> seen, Optional<SignedCheckpoint> cosigned) {
        Set<Long> sizes = new HashSet<>(Set.of(checkpoint.size()));
        seen.ifPresent(earlier -> sizes.add(earlier.checkpoint().size()));
        cosigned.ifPresent(earlier -> sizes.add(earlier.checkpoint().size()));
        return sizes;
    }

    private List<String> remarks(
            LeafRules rules,
            SignedCheckpoint signed,
            Optional<SignedCheckpoint> cosigned,
            Optional<BlockCheck> blocks) {
        List<String> remarks = new ArrayList<>();
        rules.remark().ifPresent(remarks::add);
        blocks.filter(check -> check.newer() > 0)
                .ifPresent(check -> remarks.add("blocks newer than the checkpoint, not checked: " + check.newer()));
        int unknown = signed.unknown() + cosigned.map(SignedCheckpoint::unknown).orElse(0);
        if (unknown > 0) {
            remarks.add("signature lines of signers nobody named, not checked: " + unknown);
        }
        if (!judge.policy().unknown().isEmpty()) {
            remarks.add("keys of types not known to this version, not checked: "
                    + judge.policy().unknown().size());
        }
        if (source.find(new LogFile(FolderSource.REJECTED, LogFile.CHECKPOINT.maxBytes()))
                .isPresent()) {
            remarks.add(FolderSource.REJECTED + " is evidence that the server once showed another log: keep it");
        }
        return remarks;
    }
}
