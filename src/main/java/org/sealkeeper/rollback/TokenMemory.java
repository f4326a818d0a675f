package org.sealkeeper.rollback;

import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.OwnRecord;
import org.sealkeeper.hsm.TokenRecord;
import org.sealkeeper.rollback.MemoryRecord.State;

/**
 * What the token remembers, and who may write it: a lease, taken at the start and held by one appliance.
 *
 * <p>PKCS#11 has no compare-and-set. So each appliance has objects of its own: it makes them, then looks who else has some. Of two that
 * begin at the same moment each makes its own before it looks, so at least one sees the other and gives up. What was signed before is read
 * once more after that.
 */
public final class TokenMemory {
    private static final System.Logger LOG = System.getLogger(TokenMemory.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    /** Clocks of two machines do not run alike. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final Hsm hsm;

    public TokenMemory(Hsm hsm) {
        this.hsm = hsm;
    }

    /**
     * What the token remembers.
     *
     * @param newest the record written last; empty where there is none
     * @param remembered as the newest record, or an earlier version, has it
     * @param hasUnreadable whether something is there, but no record can be read
     */
    record Recall(Optional<MemoryRecord> newest, Optional<Remembered> remembered, boolean hasUnreadable) {
        /** Whether nobody wrote since. */
        boolean isSameAs(Recall other) {
            return newest.map(MemoryRecord::sequence).equals(other.newest.map(MemoryRecord::sequence))
                    && newest.map(MemoryRecord::owner).equals(other.newest.map(MemoryRecord::owner));
        }
    }

    /** What was written last; empty where the token remembers nothing. */
    public Optional<Remembered> remembered() {
        return recall().remembered();
    }

    Recall recall() {
        List<TokenRecord> found = hsm.records().read();
        Optional<MemoryRecord> newest = found.stream()
                .flatMap(record -> MemoryText.parse(record.owner(), record.text()).stream())
                .max(Comparator.comparingLong(MemoryRecord::sequence));
        return new Recall(
                newest,
                newest.map(MemoryRecord::remembered).or(() -> new LegacyCheckpoint(hsm).read()),
                newest.isEmpty() && !found.isEmpty());
    }

    /**
     * Waits until nobody holds the lease.
     *
     * @param place of the store whose lock this process has: whoever held the lease from there is gone
     * @throws TokenInUse if another appliance holds it
     */
    public void awaitFree(String place) {
        Recall seen = recall();
        Optional<MemoryRecord> holder = seen.newest()
                .filter(record -> record.state() == State.HELD)
                .filter(record -> !record.place().equals(place));
        if (holder.isEmpty()) {
            return;
        }
        Duration patience = holder.get().lease().plus(MARGIN);
        LOG.log(
                System.Logger.Level.INFO,
                "another appliance held the token''s keys; waiting {0} s whether it still does",
                patience.toSeconds());
        long until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - until < 0) {
            pause();
            if (!recall().isSameAs(seen)) {
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
     * Takes the lease.
     *
     * @param seen what was judged; if somebody wrote since, it is not taken
     * @param remembered what the token is to remember from now on
     * @throws TokenInUse if another appliance takes it at this moment
     */
    Taken take(Recall seen, String store, String place, Duration lease, Remembered remembered, RandomGenerator random) {
        byte[] name = new byte[16];
        random.nextBytes(name);
        var record = new MemoryRecord(
                HexFormat.of().formatHex(name),
                store,
                place,
                seen.newest().map(MemoryRecord::sequence).orElse(0L) + 1,
                lease,
                State.HELD,
                Optional.empty(),
                remembered);
        long began = System.nanoTime();
        requireSame(seen, Optional.empty());
        OwnRecord own = hsm.records().create(record.owner(), MemoryText.of(record));
        try {
            requireSame(seen, Optional.of(record.owner()));
            if (System.nanoTime() - began > TakingOver.LONGEST.toNanos()) {
                throw new TokenInUse(
                        "to take the lease of the token's keys took too long to be sure that nobody else did");
            }
        } catch (RuntimeException e) {
            own.remove();
            throw e;
        }
        own.removeOthers();
        new LegacyCheckpoint(hsm).remove();
        return new Taken(own, record);
    }

    /** Whether nobody but this owner has written since. */
    private void requireSame(Recall seen, Optional<String> own) {
        List<MemoryRecord> others = hsm.records().read().stream()
                .filter(record -> !Optional.of(record.owner()).equals(own))
                .flatMap(record -> MemoryText.parse(record.owner(), record.text()).stream())
                .toList();
        boolean isSame = others.stream()
                .allMatch(record -> seen.newest()
                        .filter(newest ->
                                newest.owner().equals(record.owner()) && newest.sequence() >= record.sequence())
                        .isPresent());
        boolean isThere = seen.newest().isEmpty() || !others.isEmpty();
        if (!isSame || !isThere) {
            throw new TokenInUse("another appliance takes the lease of the token's keys at this moment");
        }
    }
}
