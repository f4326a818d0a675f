package org.sealkeeper.cli.guard;

import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;

/** An appliance that runs on the store, and signs its log. */
record RunningAppliance(Store store) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Waits until it has signed a checkpoint that has a leaf. It signs none before its tokens remember the leaf, and none over a store that was
     * turned back: so the leaf is there to stay.
     *
     * @throws StoreFault if it does not
     */
    PublishedLog published(long leaf) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - until < 0) {
            Optional<PublishedLog> log = new LogHistory(store).published();
            if (log.isPresent() && log.get().checkpoint().size() > leaf) {
                return log.get();
            }
            pause();
        }
        throw new StoreFault(
                "the chains are closed by leaf " + leaf
                        + ", and the appliance that runs on this store has not signed a checkpoint with it for "
                        + PATIENCE.toSeconds() + " s: its log says why. Nothing was written; run this again",
                null);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFault("interrupted while waiting for a checkpoint; the chains are closed", e);
        }
    }
}
