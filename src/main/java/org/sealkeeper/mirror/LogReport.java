package org.sealkeeper.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was checked of a log that is valid.
 *
 * @param checkpoint the one that all of it was checked against
 * @param cosigned the checkpoint that witnesses cosigned; empty where none they did
 * @param first when the first leaf says it was written; empty of an empty log
 * @param last when the last leaf says it was written
 * @param seenSize the size of the log when it was checked last; empty where it never was
 * @param blocks the blocks that were held against it; empty where none were given
 * @param remarks what is odd, and does not make the log invalid
 */
public record LogReport(
        SignedCheckpoint checkpoint,
        Optional<SignedCheckpoint> cosigned,
        Optional<Instant> first,
        Optional<Instant> last,
        OptionalLong seenSize,
        Optional<BlockCheck> blocks,
        List<String> remarks) {
    public LogReport {
        remarks = List.copyOf(remarks);
    }

    /** How many leaves the log has. */
    public long size() {
        return checkpoint.checkpoint().size();
    }

    /** Which tiles and bundles it has; each was compared with the leaves. */
    public LogShape shape() {
        return new LogShape(size());
    }
}
