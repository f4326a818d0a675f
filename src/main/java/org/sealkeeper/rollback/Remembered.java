package org.sealkeeper.rollback;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.merkle.Checkpoint;

/**
 * What was written, as much of it as distinguishes a store that has it from one that has not.
 *
 * @param log name, size and root of the audit log, in which every claim has a leaf
 * @param heads of every chain of which a block was ever claimed; of each the highest
 */
public record Remembered(Checkpoint log, SortedMap<ChainName, RememberedHead> heads) {
    public Remembered {
        heads = Collections.unmodifiableSortedMap(new TreeMap<>(heads));
    }

    /** Whether this has no shorter log of the same name, and no chain that is lower. */
    boolean covers(Remembered other) {
        return log.origin().equals(other.log.origin())
                && log.size() >= other.log.size()
                && other.heads.entrySet().stream().allMatch(head -> {
                    RememberedHead here = heads.get(head.getKey());
                    return here != null
                            && here.height().compareTo(head.getValue().height()) >= 0;
                });
    }
}
