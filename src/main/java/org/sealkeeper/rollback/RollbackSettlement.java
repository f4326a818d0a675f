package org.sealkeeper.rollback;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.store.Store;

/** A store that is older than what the token remembers, and an operator who settles it. The store's lock must be held. */
public final class RollbackSettlement {
    private final TakingOver takingOver;
    private final Path file;
    private final Recall recall;
    private final List<Remembered> missing;

    private RollbackSettlement(TakingOver takingOver, Path file, Recall recall, List<Remembered> missing) {
        this.takingOver = takingOver;
        this.file = file;
        this.recall = recall;
        this.missing = missing;
    }

    /**
     * Waits for the lease of the token's keys, and finds out what the store does not have.
     *
     * @param file of the store
     * @throws ConfigurationFault if the token remembers nothing, or the store has it all
     * @throws org.sealkeeper.kernel.Fault if another appliance holds the lease
     */
    public static RollbackSettlement begin(
            Store store, Path file, TokenMemory token, AuditFile audit, ChainHeads chains) {
        var takingOver = new TakingOver(
                store, token, audit.origin(), chains, audit.protection(), new SecureRandom(), System::nanoTime);
        Recall recall = token.awaitFree(TakingOver.place(file, new SecureRandom()));
        if (recall.remembered().isEmpty()) {
            throw new ConfigurationFault(
                    "the token remembers no audit log: it is another token than the one the log was signed with, or was "
                            + "emptied. Bring the right one back");
        }
        List<Remembered> missing = takingOver.judge().missing(recall);
        if (missing.isEmpty()) {
            throw new ConfigurationFault("the store has everything the log "
                    + recall.remembered().getFirst().log().origin() + " has signed: there is no rollback to accept");
        }
        return new RollbackSettlement(takingOver, file, recall, missing);
    }

    /** The log the token remembers, and the store does not have. */
    public Checkpoint forgotten() {
        return missing.getFirst().log();
    }

    /** The highest block of every chain that the token remembers: more than one where its records contradict one another. */
    public SortedMap<ChainName, Set<RememberedHead>> heads() {
        var heads = new TreeMap<ChainName, Set<RememberedHead>>();
        for (Remembered remembered : recall.remembered()) {
            remembered.heads().forEach((chain, head) -> heads.merge(chain, Set.of(head), RollbackSettlement::highest));
        }
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
     * Has the token remember what the store has now, instead of what it remembered.
     *
     * @throws org.sealkeeper.kernel.Fault if another appliance took the keys since
     */
    public void remember() {
        takingOver.accept(recall, file);
    }
}
