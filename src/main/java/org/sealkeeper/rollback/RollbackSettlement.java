package org.sealkeeper.rollback;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.store.Store;

/**
 * What the token has to say when an operator settles a rollback. The store's lock must be held.
 *
 * @param file of the store
 */
public record RollbackSettlement(Store store, Path file, TokenMemory token, AuditFile audit, ChainHeads chains) {

    /**
     * What the token remembers, and the store does not have.
     *
     * @throws ConfigurationFault if the token remembers nothing, or the store has it all
     * @throws org.sealkeeper.kernel.Fault if another appliance holds the lease of the token's keys
     */
    public Remembered requireRollback() {
        token.awaitFree(TakingOver.place(file, new SecureRandom()));
        TokenMemory.Recall recall = token.recall();
        Remembered remembered = recall.remembered()
                .orElseThrow(() -> new ConfigurationFault(
                        "the token remembers no audit log: it is another token than the one the log was signed with, or was "
                                + "emptied. Bring the right one back"));
        if (takingOver().judge(recall).isEmpty()) {
            throw new ConfigurationFault("the store has everything the log "
                    + remembered.log().origin() + " has signed: there is no rollback to accept");
        }
        return remembered;
    }

    /** Has the token remember what the store has now, instead of what it remembered. */
    public void remember() {
        takingOver().accept(file);
    }

    private TakingOver takingOver() {
        return new TakingOver(
                store, token, audit.origin(), chains, audit.protection(), new SecureRandom(), System::nanoTime);
    }
}
