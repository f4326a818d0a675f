package org.sealkeeper.audit;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.store.Store;

/** The thread that appends the leaves of counted events and publishes checkpoints, four times a second. */
final class CheckpointLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CheckpointLoop.class.getName());
    /** A checkpoint within a second of each leaf, with room for a slow token. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Store store;
    private final CheckpointPublisher publisher;
    private final EventTally tally;
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean closing;

    CheckpointLoop(Store store, CheckpointPublisher publisher, EventTally tally) {
        this.store = store;
        this.publisher = publisher;
        this.tally = tally;
        this.thread = Thread.ofPlatform()
                .name("audit-checkpoints")
                .daemon(true)
                .uncaughtExceptionHandler((ended, error) ->
                        failure = new IllegalStateException("no more checkpoints: their thread has ended", error))
                .unstarted(this::run);
    }

    /**
     * Publishes a checkpoint, then goes on to do so on a thread of its own.
     *
     * @throws org.sealkeeper.kernel.Fault if the token or the store fails at the first
     */
    void start() {
        publish();
        thread.start();
    }

    /** Why the last attempt to publish failed; empty where it did not. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    private void run() {
        while (!closing) {
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                continue; // closing
            }
            try {
                publish();
                failure = null;
            } catch (RuntimeException e) {
                if (failure == null) {
                    LOG.log(System.Logger.Level.WARNING, "no checkpoint was published: {0}", e.getMessage());
                }
                failure = e;
            }
        }
    }

    private void publish() {
        var _ = Completion.await(tally.append(store, closing));
        publisher.publish();
    }

    /** Publishes what is left; but nothing where writing was stopped. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (store.whyStopped().isEmpty()) {
            publish();
        }
    }
}
