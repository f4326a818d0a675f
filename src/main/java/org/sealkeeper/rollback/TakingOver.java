package org.sealkeeper.rollback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.audit.RollbackProtection;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.rollback.MemoryRecord.State;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreIdentity;
import org.sealkeeper.store.WritingStopped;

/**
 * The start of an appliance on a store: waits for the lease of the token's keys, compares the store with what the token remembers, and
 * takes the lease where they agree. The store's lock must be held.
 *
 * @param clock in nanoseconds; never goes back
 */
public record TakingOver(
        Store store,
        TokenMemories tokens,
        Origin origin,
        ChainHeads chains,
        RollbackProtection protection,
        RandomGenerator random,
        LongSupplier clock) {
    /**
     * From the last look at the others' records to the end of the making of our own. SoftHSM, when it makes an object, may miss one that
     * another process made since its last look; that process sees ours, if it looks once more after {@link #SETTLE}.
     */
    static final Duration LONGEST = Duration.ofMillis(400);

    /** A busy machine may be too slow once; a token that always is must be told. */
    private static final int ATTEMPTS = 5;

    /** Longer than {@link #LONGEST}: no caller is answered before it is over and the others' records were looked at again. */
    private static final Duration SETTLE = Duration.ofMillis(500);

    /**
     * Guards the store from now on; or stops its writing where it is not what the token remembers. Reading then goes on.
     *
     * @return owns nothing where its writing was stopped
     * @throws TokenInUse if another appliance holds the lease
     */
    public Ownership own() {
        return own(Optional.empty());
    }

    /** As above, for an appliance that shares its database with others, and signs. */
    public Ownership own(RollCall rollCall) {
        return own(Optional.of(rollCall));
    }

    private Ownership own(Optional<RollCall> rollCall) {
        String place = place(store, random);
        for (int attempt = 1; ; attempt++) {
            try {
                return own(place, rollCall);
            } catch (TokenInUse inUse) {
                if (!inUse.isOfSlowToken() || attempt == ATTEMPTS) {
                    throw inUse;
                }
            }
        }
    }

    /** Also after an attempt that was too slow: it left the token as a start does that fails, and everything is looked at anew. */
    private Ownership own(String place, Optional<RollCall> rollCall) {
        Recollection recall = tokens.awaitFree(place);
        recall.requireComplete();
        Found found = found();
        Optional<WritingStopped> stopped = judge(found).judge(recall.all());
        if (stopped.isPresent()) {
            store.stopWriting(stopped.get());
            return new Ownership(store, protection, Optional.empty());
        }
        return new Ownership(store, protection, Optional.of(guard(recall, place, found, rollCall)));
    }

    /** Compares the store, as it is now, with what the token remembers. */
    RollbackJudge judge() {
        return judge(found());
    }

    private RollbackJudge judge(Found found) {
        return new RollbackJudge(new LogHistory(store), found.store(), found.remembered());
    }

    private RollbackGuard guard(Recollection recall, String place, Found found, Optional<RollCall> rollCall) {
        long began = clock.getAsLong();
        MemoryRecord first = first(recall, place, found);
        MemoryCopies copies = tokens.take(recall, first);
        var lease = new Lease(protection.lease(), clock);
        lease.renewed(began);
        var writer = new MemoryWriter(
                copies::write,
                first,
                protection,
                lease,
                clock,
                clock.getAsLong() + SETTLE.toNanos(),
                store::stopWriting);
        var memory = new ProcessMemory(
                found.store(),
                found.remembered().log().origin(),
                chains,
                found.leaves(),
                found.lastLeaf(),
                new ChainHeads.Moved(found.remembered().heads(), found.lastMove()));
        return new RollbackGuard(
                        memory,
                        writer,
                        lease,
                        tokens.returning(copies, first, this),
                        recall.all().newest().flatMap(MemoryRecord::stopped),
                        rollCall)
                .watch(store);
    }

    private MemoryRecord first(Recollection recall, String place, Found found) {
        byte[] name = new byte[16];
        random.nextBytes(name);
        return new MemoryRecord(
                HexFormat.of().formatHex(name),
                found.store(),
                place,
                recall.all().newest().map(MemoryRecord::sequence).orElse(0L) + 1,
                protection.lease(),
                State.HELD,
                tokens.named(recall),
                Optional.empty(),
                found.remembered());
    }

    /**
     * Writes to the tokens what the store has now, instead of what they remembered, and gives up its keys. For an operator who has settled
     * a rollback; the store's lock must be held.
     *
     * @param settled what was waited for, and settled
     * @throws TokenInUse if another process wrote to the token since
     */
    void accept(Recollection settled) {
        try (RollbackGuard guard = guard(settled, place(store, random), found(), Optional.empty())) {
            guard.requireMaySign();
        }
    }

    private record Found(
            String store, CompactRange leaves, Optional<TreeHash> lastLeaf, Remembered remembered, long lastMove) {}

    private Found found() {
        var log = new LogHistory(store);
        long size = log.size();
        CompactRange leaves = log.range(size);
        return store.read(rows -> {
            List<byte[]> last = LogHistory.entriesFrom(rows, Math.max(0, size - 1));
            Optional<TreeHash> lastLeaf = size == 0 ? Optional.empty() : Optional.of(TreeHash.ofLeaf(last.getFirst()));
            var checkpoint = new Checkpoint(log.origin().orElse(origin), size, leaves.root());
            ChainHeads.Moved heads = chains.all(rows);
            return new Found(
                    StoreIdentity.of(rows),
                    leaves,
                    lastLeaf,
                    new Remembered(checkpoint, heads.heads()),
                    heads.lastMove());
        });
    }

    /** A random place where the operating system does not name one: the next start then waits for the lease to end. */
    public static String place(Store store, RandomGenerator random) {
        return TreeHash.ofLeaf(store.place()
                        .orElseGet(() -> Long.toHexString(random.nextLong()))
                        .getBytes(UTF_8))
                .base64();
    }
}
