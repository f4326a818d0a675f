package org.sealkeeper.rollback;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.store.Store;

/** A store that is older than what the token remembers, and an operator who settles it. The store's lock must be held. */
public final class RollbackSettlement {
    private final TakingOver takingOver;
    private final Recollection recall;
    private final Optional<Remembered> mirrored;
    private final Optional<Checkpoint> seen;

    private RollbackSettlement(
            TakingOver takingOver, Recollection recall, Optional<Remembered> mirrored, Optional<Checkpoint> seen) {
        this.takingOver = takingOver;
        this.recall = recall;
        this.mirrored = mirrored;
        this.seen = seen;
    }

    /**
     * Waits for the lease of the token's keys, and finds out what the store does not have.
     *
     * @param mirrored what a mirror of the log shows
     * @param seen the newest checkpoint of the log that was seen elsewhere
     * @throws ConfigurationFault if the token remembers nothing, or the store has all that is known
     * @throws org.sealkeeper.kernel.Fault if another appliance holds the lease
     */
    public static RollbackSettlement begin(
            Store store,
            TokenMemories tokens,
            AuditFile audit,
            ChainHeads chains,
            Optional<Remembered> mirrored,
            Optional<Checkpoint> seen) {
        var random = new SecureRandom();
        var takingOver =
                new TakingOver(store, tokens, audit.origin(), chains, audit.protection(), random, System::nanoTime);
        Recollection recall = tokens.awaitFree(TakingOver.place(store, random));
        if (recall.all().remembered().isEmpty()) {
            throw new ConfigurationFault(
                    "the token remembers no audit log: it is another token than the one the log was signed with, or was "
                            + "emptied. Bring the right one back");
        }
        var settlement = new RollbackSettlement(takingOver, recall, mirrored, seen);
        if (settlement.missing().isEmpty()) {
            throw new ConfigurationFault(
                    "the store has everything that is known of the log "
                            + recall.all().remembered().getFirst().log().origin()
                            + ": there is no rollback to accept. Where a witness saw more, give its checkpoint (--checkpoint), or a mirror");
        }
        return settlement;
    }

    private List<Remembered> missing() {
        Stream<Remembered> beyond = seen.stream().map(checkpoint -> new Remembered(checkpoint, new TreeMap<>()));
        return takingOver.judge().missing(Stream.concat(known(), beyond).toList());
    }

    /** The longest log that is known, and that the store does not have. */
    public Checkpoint forgotten() {
        return missing().stream()
                .map(Remembered::log)
                .max(Comparator.comparingLong(Checkpoint::size))
                .orElseThrow();
    }

    /**
     * Makes sure that no more of the log was seen elsewhere than the token or a mirror shows: chains may have been used in what is beyond.
     *
     * @throws ConfigurationFault naming both sizes
     */
    public void requireNothingBeyond() {
        if (seen.isEmpty()) {
            return;
        }
        long size = known().map(Remembered::log)
                .filter(log -> log.origin().equals(seen.get().origin()))
                .mapToLong(Checkpoint::size)
                .max()
                .orElse(0);
        if (seen.get().size() > size) {
            throw new ConfigurationFault("expected no chain in --unused, since the log had "
                    + seen.get().size() + " leaves, and token and mirror know of " + size
                    + ": fetch a mirror of that size, or give evidence of every chain");
        }
    }

    /** All that is known of leaves and heads. */
    private Stream<Remembered> known() {
        return Stream.concat(recall.all().remembered().stream(), mirrored.stream());
    }

    /** The highest block of every chain that is known: more than one where records contradict one another. */
    public SortedMap<ChainName, Set<RememberedHead>> heads() {
        var heads = new TreeMap<ChainName, Set<RememberedHead>>();
        known().forEach(remembered -> remembered
                .heads()
                .forEach((chain, head) -> heads.merge(chain, Set.of(head), RollbackSettlement::highest)));
        return heads;
    }

    private static Set<RememberedHead> highest(Set<RememberedHead> one, Set<RememberedHead> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        Height top = all.stream()
                .map(RememberedHead::height)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        all.removeIf(head -> !head.height().equals(top));
        return all;
    }

    /**
     * Writes to the token what the store has now, instead of what it remembered.
     *
     * @throws org.sealkeeper.kernel.Fault if another appliance took the keys since
     */
    public void remember() {
        takingOver.accept(recall);
    }
}
