package org.sealkeeper.rollback;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Appliances;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;

/**
 * The appliances that share a database, and whether it has what each of them remembers. No appliance knows what another wrote last: a
 * database that was turned back may lack a block of an appliance that has not looked yet, and another block would be signed at its height.
 * So nothing is signed before all of them found, since the database was started, everything that they remember.
 *
 * <p>An appliance that joins is acknowledged first by all others, in their own logs: a database of before it joined is then behind for
 * them. The store's writer looks in each of its transactions; the rest is safe for use by many threads.
 */
public final class RollCall {
    /** How often an appliance shows itself: one that is idle, too, finds out a database that was turned back under it. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Store store;
    private final String name;
    private final Origin log;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    /** What was committed for sure. */
    private long beat;

    private long beatAt;
    /** What the transaction under way adds. */
    private Optional<Long> pending = Optional.empty();

    private volatile List<Appliances.Entry> others = List.of();
    private volatile int acknowledged = Integer.MAX_VALUE;
    private volatile Optional<String> missing = Optional.of("this appliance has looked at its database itself");

    /**
     * @param name of this appliance
     * @param log the name of its audit log
     */
    public RollCall(Store store, String name, Origin log, InstantSource clock, LongSupplier nanoTime) {
        this.store = store;
        this.name = name;
        this.log = log;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.beatAt = nanoTime.getAsLong() - BEAT.toNanos();
    }

    /**
     * Looks at the others, and shows itself. In a transaction that has found the store to be what this appliance remembers.
     *
     * @throws WritingStopped if the database was turned back, or this appliance was retired
     */
    void look(Rows rows) throws SQLException {
        List<Appliances.Entry> all = Appliances.all(rows);
        Appliances.Entry own = all.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> behind("expected the appliance '" + name + "' in the database, found it not there"));
        requireExpected(own);
        if (own.beat() < beat) {
            throw behind("the database was turned back: expected this appliance's look " + beat + ", found look "
                    + own.beat());
        }
        String run = rows.databaseRun().orElseThrow();
        if (!own.databaseRun().equals(run) || nanoTime.getAsLong() - beatAt >= BEAT.toNanos()) {
            Appliances.look(rows, own, log.value(), run, Rfc3339.milliseconds(clock.instant()));
            pending = Optional.of(own.beat() + 1);
        }
        acknowledged = own.acknowledged();
        others = all.stream().filter(entry -> !entry.equals(own)).toList();
        missing = whoIsMissing(own.number(), run);
    }

    private static void requireExpected(Appliances.Entry own) {
        own.retiredAt().ifPresent(since -> {
            throw new WritingStopped(
                    StopReason.RETIRED,
                    "this appliance was retired at " + since
                            + ": others sign without it. Have it join anew, with another name and " + "another log");
        });
    }

    private Optional<String> whoIsMissing(int number, String run) {
        String unseen = names(entry -> !entry.databaseRun().equals(run));
        if (!unseen.isEmpty()) {
            String start = run.substring(0, run.indexOf(' '));
            return Optional.of("the database, started at " + start + ", was found complete by " + unseen);
        }
        String unaware = names(entry -> entry.acknowledged() < number);
        return unaware.isEmpty() ? Optional.empty() : Optional.of("it is known to " + unaware);
    }

    private String names(Predicate<Appliances.Entry> which) {
        return others.stream()
                .filter(Appliances.Entry::isExpected)
                .filter(which)
                .map(entry -> "the appliance '" + entry.name() + "'")
                .collect(Collectors.joining(" and "));
    }

    /** What was looked at is durable. */
    void keep() {
        pending.ifPresent(shown -> {
            beat = shown;
            beatAt = nanoTime.getAsLong();
        });
        pending = Optional.empty();
    }

    /** It is not known whether it is: the next look sees. */
    void doubt() {
        pending = Optional.empty();
    }

    /** Why nothing is signed; empty where all have shown themselves. */
    Optional<AwaitingAppliances> awaited() {
        return missing.map(AwaitingAppliances::new);
    }

    /** @throws AwaitingAppliances if nothing may be signed now */
    void requireComplete() {
        awaited().ifPresent(awaiting -> {
            throw awaiting;
        });
    }

    /**
     * Shows itself where nothing else is written, and acknowledges those that joined, in their order: one that has not started yet must not
     * pass for acknowledged once a later one is. To be called once a second.
     */
    public void show() {
        int _ = store.commit(rows -> 0);
        others.stream()
                .filter(entry -> entry.number() > acknowledged)
                .takeWhile(entry -> entry.log().isPresent() || entry.retiredAt().isPresent())
                .forEach(this::acknowledge);
    }

    /** The newcomer is told once the token remembers the leaf. If we crash in between, there will be a second leaf. */
    private void acknowledge(Appliances.Entry newcomer) {
        newcomer.log().ifPresent(itsLog -> {
            Leaf leaf = Leaf.ofAppliance(clock.instant(), Operation.ACKNOWLEDGE_APPLIANCE, emptyLog(itsLog));
            long _ = store.commit(rows -> new Leaves(rows).append(leaf));
            int _ = store.commit(rows -> Appliances.acknowledge(rows, name, newcomer.number()));
        });
    }

    /** An appliance, as leaves name it: its log, as empty as it was when it joined. */
    public static Subject emptyLog(String log) {
        return new Subject.Log(new Checkpoint(new Origin(log), 0, new CompactRange().root()));
    }

    private static WritingStopped behind(String what) {
        return new WritingStopped(
                StopReason.STORE_BEHIND,
                what
                        + ". Stop the appliance, and bring the newest database back; where it is lost, see 'sealkeeper audit "
                        + "accept-rollback --help'");
    }
}
