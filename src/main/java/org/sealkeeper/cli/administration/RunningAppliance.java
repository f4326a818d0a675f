package org.sealkeeper.cli.administration;

import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;

/** An appliance that runs on the store, and signs its log. */
public record RunningAppliance(Store store) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Waits until it has signed a checkpoint that has a leaf. It signs none before its tokens remember the leaf, and none over a store that was
     * turned back: so the leaf is there to stay.
     *
     * @param done what the leaf says, for the message
     * @throws StoreFault if it does not
     */
    public PublishedLog published(long leaf, String done) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - until < 0) {
            Optional<PublishedLog> log = new LogHistory(store).published();
            if (log.isPresent() && log.get().checkpoint().size() > leaf) {
                return log.get();
            }
            pause();
        }
        throw new StoreFault(
                done + " (leaf " + leaf
                        + "), and the appliance that runs on this store has not signed a checkpoint with that for "
                        + PATIENCE.toSeconds() + " s: its log says why. Nothing was written; run this again",
                null);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFault("interrupted while waiting for a checkpoint", e);
        }
    }
}
