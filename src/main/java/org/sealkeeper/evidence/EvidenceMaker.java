package org.sealkeeper.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.gate.DecisionReplay;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.store.Store;

/**
 * Makes bundles from a store, also beside a running appliance. Needs no token.
 *
 * @param showsPolicy whether the text of the policy is in them; it names callers
 * @param progress is told how many leaves were looked through for the history of a key
 */
public record EvidenceMaker(Store store, boolean showsPolicy, LongConsumer progress) {
    private static final Set<String> OF_KEYS = Set.of(
            Operation.CREATE_KEY.text(),
            Operation.CHANGE_KEY_STATE.text(),
            Operation.DESTROY_KEY.text(),
            Operation.IMPORT_CERTIFICATE.text());

    /**
     * A signed block, and what says so.
     *
     * @param text as the API gives it
     * @param predecessor the one it links to, as the API gives it; empty where there is none
     * @param key that signed it
     * @param certificates of that key
     * @param leaf the index of the leaf that says so
     */
    public record Signed(String text, Optional<String> predecessor, KeyId key, List<String> certificates, long leaf) {
        public Signed {
            certificates = List.copyOf(certificates);
        }
    }

    /**
     * That a block was signed.
     *
     * @throws ConfigurationFault if no checkpoint has its leaf yet
     */
    public Evidence of(Signed block) {
        List<Long> history = history(block.key());
        return of(block, history, log(Math.max(block.leaf(), last(history))));
    }

    /** The same without the history of the key, for which the whole log must be read; empty while no checkpoint has the leaf. */
    public Optional<Evidence> withoutHistory(Signed block) {
        return covering(block.leaf()).map(log -> of(block, List.of(), log));
    }

    private Evidence of(Signed block, List<Long> history, PublishedLog log) {
        List<ProvenLeaf> leaves = withThoseItNames(log, block.leaf());
        return new Evidence(
                Evidence.About.BLOCK,
                Optional.of(block.text()),
                block.predecessor(),
                block.certificates(),
                leaves,
                proven(log, history),
                policy(leaves.getLast()));
    }

    /**
     * What a leaf says, with the leaves that it names.
     *
     * @throws ConfigurationFault if there is no such leaf, or no checkpoint has it yet
     */
    public Evidence of(long leaf) {
        PublishedLog log = log(leaf);
        List<ProvenLeaf> leaves = withThoseItNames(log, leaf);
        return new Evidence(
                Evidence.About.LEAF,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                leaves,
                List.of(),
                policy(leaves.getLast()));
    }

    /**
     * What became of a key.
     *
     * @throws ConfigurationFault if the log says nothing of it
     */
    public Evidence of(KeyId key, List<String> certificates) {
        List<Long> history = history(key);
        if (history.isEmpty()) {
            throw new ConfigurationFault("the audit log says nothing of the key " + key);
        }
        return new Evidence(
                Evidence.About.KEY,
                Optional.empty(),
                Optional.empty(),
                certificates,
                List.of(),
                proven(log(last(history)), history),
                Optional.empty());
    }

    /** Up to the checkpoint that witnesses cosigned, where that has all of them; else up to the newest. */
    private Optional<PublishedLog> covering(long leaf) {
        var history = new LogHistory(store);
        return Stream.of(history.cosigned(), history.published())
                .flatMap(Optional::stream)
                .filter(log -> leaf < log.checkpoint().size())
                .findFirst();
    }

    private PublishedLog log(long leaf) {
        return covering(leaf)
                .orElseThrow(
                        () -> new ConfigurationFault("expected a leaf below the size of the log's checkpoint, found "
                                + leaf + "; a running appliance signs a checkpoint within a second"));
    }

    private static List<ProvenLeaf> withThoseItNames(PublishedLog log, long leaf) {
        ProvenLeaf last = log.proven(leaf).orElseThrow();
        RecordedLeaf recorded = last.leaf();
        List<ProvenLeaf> leaves = new ArrayList<>();
        for (LeafField name : List.of(LeafField.EMERGENCY, LeafField.BEGUN)) {
            recorded.number(name).ifPresent(index -> log.proven(index).ifPresent(leaves::add));
        }
        leaves.add(last);
        return leaves;
    }

    /** The leaves of a key, up to the newest checkpoint. */
    private List<Long> history(KeyId key) {
        long size = new LogHistory(store).checkpointed();
        List<Long> history = new ArrayList<>();
        new LogHistory(store).forEach((index, entry) -> {
            progress.accept(index + 1);
            // Most leaves are of other things; parsing is what costs.
            if (index < size
                    && new String(entry, UTF_8).contains(key.value())
                    && isOf(key, RecordedLeaf.parse(entry))) {
                history.add(index);
            }
        });
        return history;
    }

    private static long last(List<Long> history) {
        return history.isEmpty() ? 0 : history.getLast();
    }

    private static List<ProvenLeaf> proven(PublishedLog log, List<Long> leaves) {
        return leaves.stream().map(index -> log.proven(index).orElseThrow()).toList();
    }

    private static boolean isOf(KeyId key, RecordedLeaf leaf) {
        return leaf.says(LeafField.KEY_ID, key.value())
                && leaf.text(LeafField.OPERATION).filter(OF_KEYS::contains).isPresent();
    }

    private Optional<String> policy(ProvenLeaf decided) {
        return showsPolicy
                ? DecisionReplay.policy(decided.leaf()).flatMap(digest -> DecisionReplay.text(store, digest))
                : Optional.empty();
    }
}
