package org.sealkeeper.mirror;

/** What became of a fetch. */
public sealed interface FetchOutcome {

    /**
     * The mirror holds the server's log.
     *
     * @param oldSize leaves the mirror had before; 0 where it was new
     * @param files how many files were downloaded, checkpoints aside
     * @param bytes how many bytes they have
     */
    record Fetched(SignedCheckpoint checkpoint, long oldSize, long files, long bytes) implements FetchOutcome {}

    /** The server signed what contradicts the mirror. The mirror is as it was; the server's checkpoint is kept beside it. */
    record Rejected(String reason) implements FetchOutcome {}
}
