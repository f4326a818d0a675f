package org.sealkeeper.cli.administration;

import java.security.SecureRandom;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.rollback.Ownership;
import org.sealkeeper.rollback.TakingOver;
import org.sealkeeper.rollback.TokenMemories;
import org.sealkeeper.store.Store;

/**
 * An appliance that does not run, opened as its start does: the store was compared with what the tokens remember, and whatever is committed
 * from now on is remembered by them. The store's lock must be held.
 */
public final class StoppedAppliance implements AutoCloseable {
    private final AuditFile audit;
    private final Store store;
    private final Tokens tokens;
    private final KeyRing keys;
    private final Ownership ownership;

    private StoppedAppliance(AuditFile audit, Store store, Tokens tokens, KeyRing keys, Ownership ownership) {
        this.audit = audit;
        this.store = store;
        this.tokens = tokens;
        this.keys = keys;
        this.ownership = ownership;
    }

    /**
     * Opens it.
     *
     * @throws org.sealkeeper.store.WritingStopped if the store is not what the tokens remember
     * @throws org.sealkeeper.kernel.Fault also if another appliance holds the lease of their keys
     */
    public static StoppedAppliance open(ApplianceFile appliance, AuditFile audit, Store store) {
        Tokens tokens = Tokens.open(TokenSettings.of(appliance));
        try {
            KeyRing keys = KeyRing.open(tokens, KeyCatalogue.open(store, tokens.labels()));
            Ownership ownership = takingOver(audit, store, tokens).own();
            store.whyStopped().ifPresent(stopped -> {
                throw stopped;
            });
            return new StoppedAppliance(audit, store, tokens, keys, ownership);
        } catch (RuntimeException e) {
            tokens.close();
            throw e;
        }
    }

    private static TakingOver takingOver(AuditFile audit, Store store, Tokens tokens) {
        return new TakingOver(
                store,
                new TokenMemories(tokens, System::nanoTime),
                audit.origin(),
                Chains::heads,
                audit.protection(),
                new SecureRandom(),
                System::nanoTime);
    }

    /** Its keys. */
    public KeyRing keys() {
        return keys;
    }

    /** Has the tokens sign a checkpoint over every leaf there is. */
    public PublishedLog publish() {
        return AuditLog.publish(store, audit.origin(), LogKeys.of(keys, audit.origin()));
    }

    @Override
    public void close() {
        try (tokens) {
            ownership.close();
        }
    }
}
