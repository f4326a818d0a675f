package org.sealkeeper.rollback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.OwnRecord;
import org.sealkeeper.hsm.TokenRecord;

/**
 * What one token remembers, and a lease on writing it, taken at the start and held by one appliance.
 *
 * <p>PKCS#11 has no compare-and-set. So each appliance has objects of its own: it makes them, then looks for those of others. Of two that
 * begin at the same moment each makes its own before it looks, so at least one sees the other and gives up. The one that takes the keys revokes
 * the permit of the one before, then reads once more what that one wrote; and that one looks for its permit after each write.
 */
final class TokenMemory {
    private static final System.Logger LOG = System.getLogger(TokenMemory.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    /** The clocks of two machines differ in speed. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final Hsm hsm;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} */
    TokenMemory(Hsm hsm, LongSupplier nanoTime) {
        this.hsm = hsm;
        this.nanoTime = nanoTime;
    }

    /** Everything the token remembers now. */
    Recall recall() {
        return new Recall(hsm.records().read(), new LegacyCheckpoint(hsm).read());
    }

    /**
     * Waits until no appliance holds the lease.
     *
     * @param place of the store whose lock this process has: a process that held the lease from there is gone
     * @return what the token remembered all the while; only this may be compared with a store, and replaced
     * @throws TokenInUse if another appliance holds it
     */
    Recall awaitFree(String place) {
        Recall seen = recall();
        Optional<Duration> lease = seen.longestLease(place);
        if (lease.isPresent()) {
            awaitEnd(seen, lease.get().plus(MARGIN));
        }
        return seen;
    }

    private void awaitEnd(Recall seen, Duration timeout) {
        LOG.log(
                System.Logger.Level.INFO,
                "another appliance held the token''s keys; waiting {0} s whether it still does",
                timeout.toSeconds());
        long until = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() - until < 0) {
            pause();
            if (!seen.isStill(hsm.records().read())) {
                throw new TokenInUse("another appliance holds the lease of the token's keys");
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenInUse("interrupted while waiting for the lease of the token's keys");
        }
    }

    /** A record of our own, and what it says. */
    record Taken(OwnRecord own, MemoryRecord record) {}

    /**
     * Takes the lease. If we crash in between, both what was seen and the new record are in the token, and the next start compares its
     * store with both.
     *
     * @param seen what was waited for and judged; if anything in the token is otherwise by now, the lease is not taken
     * @param record the first of a new owner
     * @throws TokenInUse if another appliance takes it at this moment
     */
    Taken take(Recall seen, MemoryRecord record) {
        long began = nanoTime.getAsLong();
        requireStill(seen, hsm.records().read());
        OwnRecord own = hsm.records().create(record.owner(), MemoryText.of(record));
        long taken = nanoTime.getAsLong() - began;
        try {
            if (taken > TakingOver.LONGEST.toNanos()) {
                throw TokenInUse.ofSlowToken();
            }
            hsm.records().revoke(seen.owners());
            requireStill(seen, othersThan(record.owner()));
        } catch (RuntimeException e) {
            own.withdraw(others -> new Recall(others, Optional.empty()).covers(seen));
            throw e;
        }
        hsm.records().remove(seen.owners());
        new LegacyCheckpoint(hsm).remove();
        return new Taken(own, record);
    }

    /** Whether the token is used, and no appliance elsewhere holds its lease now; so that {@link #awaitFree} does not wait. */
    boolean isFree(String place) {
        return hsm.health().isUsed() && recall().longestLease(place).isEmpty();
    }

    private static void requireStill(Recall seen, List<TokenRecord> now) {
        if (!seen.isStill(now)) {
            throw new TokenInUse("another appliance takes the lease of the token's keys at this moment");
        }
    }

    /** All but two of our own: more of them are of a machine that was turned back to before it made them. */
    private List<TokenRecord> othersThan(String own) {
        List<TokenRecord> others = new ArrayList<>(hsm.records().read());
        List<TokenRecord> made = others.stream()
                .filter(record -> record.owner().equals(own))
                .limit(2)
                .toList();
        made.forEach(others::remove);
        return others;
    }
}
