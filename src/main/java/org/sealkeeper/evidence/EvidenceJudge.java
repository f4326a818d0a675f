package org.sealkeeper.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.evidence.Trust.JudgedBlock;
import org.sealkeeper.gate.DecisionReplay;
import org.sealkeeper.merkle.TlogProof;
import org.sealkeeper.verify.Digests;

/** Judges every claim of a bundle, with nothing but what is trusted. */
public record EvidenceJudge(Trust trust) {

    /** All claims that a bundle of its kind makes, in order. */
    public List<Claim> judge(Evidence evidence) {
        List<Claim> claims = new ArrayList<>();
        List<ProvenLeaf> all = new ArrayList<>(evidence.leaves());
        all.addAll(evidence.history());
        claims.add(inLog(all));
        claims.add(checkpointSigned(all));
        claims.add(witnessed(all));
        if (!evidence.leaves().isEmpty()) {
            claims.add(decided(evidence));
        }
        switch (evidence.about()) {
            case BLOCK -> {
                judgeBlock(evidence, claims);
                claims.add(namedLeaves(evidence));
            }
            case LEAF -> claims.add(namedLeaves(evidence));
            case KEY -> {
                claims.add(ofOneKey(evidence, Optional.empty()));
                claims.add(new CertificateClaim(evidence.certificates())
                        .judge(evidence.history()
                                .getFirst()
                                .leaf()
                                .text(LeafField.KEY_ID)
                                .orElse("")));
            }
        }
        return List.copyOf(claims);
    }

    private void judgeBlock(Evidence evidence, List<Claim> claims) {
        JudgedBlock block = trust.block(evidence.block().orElseThrow());
        claims.addFirst(
                block.refusal().isPresent()
                        ? Claim.fails("block-signed", block.refusal().get())
                        : Claim.holds(
                                "block-signed",
                                "block %d of chain %s, hash %s, is signed with the key %s, which is trusted"
                                        .formatted(block.height(), block.chain(), block.blockHash(), block.keyId())));
        claims.add(linked(evidence, block));
        claims.add(recorded(evidence, block));
        claims.add(new CertificateClaim(evidence.certificates()).judge(block.keyId()));
        claims.add(ofOneKey(evidence, Optional.of(block)));
    }

    private Claim linked(Evidence evidence, JudgedBlock block) {
        String name = "links-to-predecessor";
        if (evidence.predecessor().isEmpty()) {
            return Claim.unknown(name, "the bundle has no block before it");
        }
        JudgedBlock before = trust.block(evidence.predecessor().get());
        if (before.refusal().isPresent()) {
            return Claim.fails(name, "the block before it: " + before.refusal().get());
        }
        boolean isLinked = before.chain().equals(block.chain())
                && before.height() < block.height()
                && before.blockHash().equals(block.previousHash());
        return isLinked
                ? Claim.holds(
                        name, "its previousHash is the hash of block " + before.height() + ", which is signed, too")
                : Claim.fails(name, "its previousHash is not the hash of the block in the bundle");
    }

    private static Claim recorded(Evidence evidence, JudgedBlock block) {
        String name = "recorded";
        RecordedLeaf leaf = evidence.leaves().getLast().leaf();
        boolean isOfThis = leaf.says(LeafField.OPERATION, Operation.SIGN_BLOCK.text())
                && leaf.says(LeafField.OUTCOME, Outcome.DONE.text())
                && leaf.says(LeafField.CHAIN, block.chain())
                && leaf.number(LeafField.HEIGHT).orElse(-1) == block.height()
                && leaf.says(LeafField.BLOCK_HASH, block.blockHash())
                && leaf.says(LeafField.PREVIOUS_HASH, block.previousHash())
                && leaf.says(LeafField.KEY_ID, block.keyId());
        return isOfThis
                ? Claim.holds(
                        name,
                        "the leaf says that this block was signed, with this key, at "
                                + leaf.text(LeafField.TIME).orElse("an unknown time"))
                : Claim.fails(name, "the leaf says something else than that this block was signed with this key");
    }

    /** To one checkpoint: else leaves of another log, or of one that no witness saw, could stand beside those that are believed. */
    private static Claim inLog(List<ProvenLeaf> leaves) {
        String name = "in-log";
        Optional<String> checkpoint =
                proof(leaves.getFirst()).map(proof -> proof.checkpoint().toString());
        for (ProvenLeaf leaf : leaves) {
            Optional<TlogProof> proof = proof(leaf);
            if (proof.isEmpty() || !proof.get().proves(leaf.entry().getBytes(UTF_8))) {
                return Claim.fails(name, "the proof of a leaf does not show that it is in the tree of its checkpoint");
            }
            if (!proof.map(found -> found.checkpoint().toString()).equals(checkpoint)) {
                return Claim.fails(name, "the leaves are not proven to one checkpoint");
            }
        }
        return Claim.holds(name, "each of " + leaves.size() + " leaves is in the tree of the checkpoint");
    }

    private Claim checkpointSigned(List<ProvenLeaf> leaves) {
        String name = "checkpoint-signed";
        for (ProvenLeaf leaf : leaves) {
            Optional<String> why = proof(leaf)
                    .map(proof -> trust.whyNotSigned(proof.checkpoint().bytes()))
                    .orElse(Optional.of("there is no checkpoint"));
            if (why.isPresent()) {
                return Claim.fails(name, why.get());
            }
        }
        return Claim.holds(name, "the log whose keys were given signed the checkpoint");
    }

    private Claim witnessed(List<ProvenLeaf> leaves) {
        return proof(leaves.getLast())
                .map(proof -> trust.witnessed(proof.checkpoint().bytes()))
                .orElseGet(() -> Claim.unknown("witnessed", "there is no checkpoint"));
    }

    private static Claim decided(Evidence evidence) {
        String name = "decided-by-policy";
        RecordedLeaf leaf = evidence.leaves().getLast().leaf();
        Optional<String> digest = DecisionReplay.policy(leaf);
        if (digest.isEmpty()) {
            return Claim.unknown(
                    name, "no policy decided this: " + leaf.text(LeafField.RULE).orElse("nothing is said"));
        }
        String rule = "the rule " + leaf.text(LeafField.RULE).orElse("?") + " of the policy " + digest.get();
        if (evidence.policy().isEmpty()) {
            return Claim.unknown(name, rule + " is named; its text is not in the bundle");
        }
        String text = evidence.policy().get();
        if (!Digests.sha256(text.getBytes(UTF_8)).equals(digest.get())) {
            return Claim.fails(name, "the policy in the bundle is not the one that the leaf names, " + digest.get());
        }
        try {
            return DecisionReplay.of(leaf, text, "the leaf").agrees()
                    ? Claim.holds(name, rule + " decides the same again")
                    : Claim.fails(name, rule + " decides otherwise");
        } catch (ConfigurationFault cannot) {
            return Claim.unknown(name, String.valueOf(cannot.getMessage()));
        } catch (NoSuchElementException | DateTimeException | IllegalArgumentException e) {
            return Claim.fails(name, "the leaf does not say what a decision is made of");
        }
    }

    /** That the leaves before the last one are those that it names. */
    private static Claim namedLeaves(Evidence evidence) {
        String name = "named-leaves";
        RecordedLeaf last = evidence.leaves().getLast().leaf();
        for (ProvenLeaf before : evidence.leaves().subList(0, evidence.leaves().size() - 1)) {
            long index = proof(before).map(TlogProof::index).orElse(-1L);
            if (last.number(LeafField.BEGUN).orElse(-2) != index
                    && last.number(LeafField.EMERGENCY).orElse(-2) != index) {
                return Claim.fails(name, "the leaf " + index + " is not named by the last one");
            }
        }
        return Claim.holds(name, "the last leaf names those before it");
    }

    private static Claim ofOneKey(Evidence evidence, Optional<JudgedBlock> block) {
        List<KeyHistory.Step> steps = evidence.history().stream()
                .map(leaf ->
                        new KeyHistory.Step(proof(leaf).map(TlogProof::index).orElse(-1L), leaf.leaf()))
                .toList();
        var history = new KeyHistory(steps);
        return block.map(signed -> history.inUse(
                        signed.keyId(),
                        proof(evidence.leaves().getLast()).map(TlogProof::index).orElse(-1L),
                        evidence.leaves().getLast().leaf()))
                .orElseGet(history::ofOneKey);
    }

    private static Optional<TlogProof> proof(ProvenLeaf leaf) {
        try {
            return Optional.of(TlogProof.parse(leaf.proof()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the claims come to: nothing contradicts them, and what the bundle is about follows from what is trusted. */
    public static boolean holds(Evidence evidence, List<Claim> claims) {
        Map<Evidence.About, List<String>> needed = Map.of(
                Evidence.About.BLOCK, List.of("block-signed", "recorded", "in-log", "checkpoint-signed"),
                Evidence.About.LEAF, List.of("in-log", "checkpoint-signed", "named-leaves"),
                Evidence.About.KEY, List.of("in-log", "checkpoint-signed", "key-history"));
        return claims.stream().noneMatch(claim -> claim.verdict() == Claim.Verdict.FALSE)
                && claims.stream()
                        .filter(claim -> claim.verdict() == Claim.Verdict.TRUE)
                        .map(Claim::name)
                        .toList()
                        .containsAll(needed.getOrDefault(evidence.about(), List.of()));
    }
}
