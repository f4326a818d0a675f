package org.sealkeeper.keys.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.store.Store;

/**
 * The data keys of which the audit log says that they are wrapped under a version of a key-encryption key: those made or moved there, without
 * those that were moved away since. The appliance keeps no wrapped key, so nothing else tells; one that its ledger threw away counts, too.
 */
final class KnownDataKeys {
    private final KeyAlias alias;
    private final int version;
    /** By the SHA-256 of the wrapped key, in hex. */
    private final Set<String> known = new HashSet<>();
    /** What is being moved away, by the leaf that began it. */
    private final Map<Long, String> leaving = new HashMap<>();

    private KnownDataKeys(KeyAlias alias, int version) {
        this.alias = alias;
        this.version = version;
    }

    /** How many there are. Reads the whole log of the store. */
    static int under(Store store, KeyAlias alias, int version) {
        var counted = new KnownDataKeys(alias, version);
        String mark = "\"key\":\"" + alias + "\"";
        new LogHistory(store).forEach((index, entry) -> {
            if (new String(entry, UTF_8).contains(mark)) {
                counted.take(index, RecordedLeaf.parse(entry));
            }
        });
        return counted.known.size();
    }

    private void take(long index, RecordedLeaf leaf) {
        if (!leaf.says(LeafField.KEY, alias.value())) {
            return;
        }
        boolean isHere = leaf.number(LeafField.KEY_VERSION).orElse(0) == version;
        boolean isDone = leaf.says(LeafField.OUTCOME, Outcome.DONE.text());
        if (leaf.says(LeafField.OPERATION, Operation.GENERATE_DATA_KEY.text()) && isDone && isHere) {
            leaf.text(LeafField.DATA_KEY).ifPresent(known::add);
        } else if (leaf.says(LeafField.OPERATION, Operation.REWRAP_DATA_KEY.text())) {
            move(index, leaf, isHere, isDone);
        }
    }

    private void move(long index, RecordedLeaf leaf, boolean isHere, boolean isDone) {
        if (leaf.says(LeafField.OUTCOME, Outcome.BEGUN.text())) {
            leaf.text(LeafField.DATA_KEY).filter(known::contains).ifPresent(old -> leaving.put(index, old));
            return;
        }
        String old = leaving.remove(leaf.number(LeafField.BEGUN).orElse(-1));
        if (isDone && old != null) {
            known.remove(old);
        }
        if (isDone && isHere) {
            leaf.text(LeafField.DATA_KEY).ifPresent(known::add);
        }
    }
}
