package org.sealkeeper.console;

import java.util.List;
import java.util.Optional;

/**
 * The audit log.
 *
 * @param size its leaves
 * @param checkpointed those that the newest checkpoint is of
 * @param cosigned those that the newest cosigned checkpoint is of
 * @param witnesses how many are declared
 * @param newest when the newest leaf was written, RFC 3339
 * @param checkpoint the newest one, as it is signed
 */
record LogView(
        String origin,
        long size,
        long checkpointed,
        Optional<Long> cosigned,
        int witnesses,
        Optional<String> newest,
        Optional<String> checkpoint) {

    /** The subtrees that it consists of, the oldest and largest first. */
    public List<Subtree> subtrees() {
        return Subtree.of(checkpointed);
    }

    public int pictureWidth() {
        return Subtree.end(subtrees());
    }

    /** The oldest is the highest. */
    public int pictureHeight() {
        return subtrees().stream().mapToInt(Subtree::width).max().orElse(1);
    }

    /** Leaves that no checkpoint is of yet: a moment ago there were none. */
    public long waiting() {
        return size - checkpointed;
    }
}
