package org.sealkeeper.audit;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;

/**
 * The appliance's record of what it did. A leaf is durable before a caller gets an answer about what it records; within a second it is in
 * a checkpoint that the token signed. Safe for use by many threads.
 */
public final class AuditLog implements AutoCloseable {
    private final Store store;
    private final AuditKeys keys;
    private final EventTally tally;
    private final RefusalsInAMinute refusals;
    private final CheckpointPublisher publisher;
    private final CheckpointLoop loop;

    private AuditLog(
            Store store,
            AuditKeys keys,
            EventTally tally,
            RefusalsInAMinute refusals,
            CheckpointPublisher publisher,
            CheckpointLoop loop) {
        this.store = store;
        this.keys = keys;
        this.tally = tally;
        this.refusals = refusals;
        this.publisher = publisher;
        this.loop = loop;
    }

    /**
     * Opens the log, and has a checkpoint signed.
     *
     * <p>Where the store's writing was stopped before, the log is opened so that auditors can read it; but every append fails.
     *
     * @throws ConfigurationFault if the store's log is damaged or has another name, or no audit key is there
     * @throws org.sealkeeper.kernel.Fault if the token or the store fails
     */
    public static AuditLog open(Store store, Origin origin, AuditKeys keys, InstantSource clock) {
        var signer = new CheckpointSigner(origin, keys);
        Optional<Note> last = new LogOpening(store, origin, keys).lastCheckpoint();
        var tally = new EventTally(clock);
        var publisher = new CheckpointPublisher(store, origin, signer, last);
        var loop = new CheckpointLoop(store, publisher, tally);
        if (store.whyStopped().isEmpty()) {
            loop.start();
        }
        return new AuditLog(store, keys, tally, new RefusalsInAMinute(clock), publisher, loop);
    }

    /**
     * Has a checkpoint signed over every leaf there is, for a command that has a store for itself; and publishes it.
     *
     * @throws ConfigurationFault as {@link #open} does
     * @throws org.sealkeeper.kernel.Fault if the token or the store fails
     */
    public static PublishedLog publish(Store store, Origin origin, AuditKeys keys) {
        Optional<Note> last = new LogOpening(store, origin, keys).lastCheckpoint();
        var publisher = new CheckpointPublisher(store, origin, new CheckpointSigner(origin, keys), last);
        publisher.publish();
        return publisher.published().orElseThrow();
    }

    /**
     * Appends a leaf in a transaction of the caller's: it is durable together with what it records, or neither is.
     *
     * @return its index
     */
    public long append(Rows rows, Leaf leaf) throws SQLException {
        return new Leaves(rows).append(leaf);
    }

    /** Appends a leaf; completes with its index once it is durable, or fails with the fault that kept it from being so. */
    public CompletionStage<Long> append(Leaf leaf) {
        return store.write(rows -> append(rows, leaf));
    }

    /**
     * Appends the leaf of what was refused, or failed, without having begun; or counts it, as below, where its caller had many like it
     * within a minute and counts can be written. Not in a transaction, which may run twice.
     *
     * @return its index once it is durable; empty where it is counted
     */
    public CompletionStage<OptionalLong> refuse(Leaf refusal) {
        if (refusals.isAmongTheFirst(refusal) || tally.isBehind() || whyClosed().isPresent()) {
            return append(refusal).thenApply(OptionalLong::of);
        }
        tally.count(refusal);
        return CompletableFuture.completedStage(OptionalLong.empty());
    }

    /** Counts an event instead of appending its leaf: within seconds one leaf stands for all that are alike. */
    public void count(Leaf event) {
        tally.count(event);
    }

    /** Appends the leaves of all counted events now, instead of when they are due. */
    public CompletionStage<?> appendCounts() {
        return tally.append(store, true);
    }

    /** Why nothing is appended; empty while leaves are. */
    public Optional<WritingStopped> whyClosed() {
        return store.whyStopped();
    }

    /** Why the newest leaves are not in a checkpoint yet, although they should be; empty where all is well. */
    public Optional<RuntimeException> whyUnpublished() {
        return loop.failure();
    }

    /** The log up to its newest checkpoint; empty where none was ever signed. */
    public Optional<PublishedLog> published() {
        return publisher.published();
    }

    /** Completes, within about a second, with the first published log that has the leaf. */
    public CompletionStage<PublishedLog> covering(long index) {
        return publisher.covering(index);
    }

    /** The public keys of this log, those of retired keys included. */
    public List<VerifierKey> verifierKeys() {
        return keys.verifiers();
    }

    /** Publishes a checkpoint over every leaf, and ends. */
    @Override
    public void close() {
        loop.close();
    }
}
