package org.sealkeeper.rollback;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;

/**
 * A token that is lost for good, and may have remembered more than the others. An operator who is sure that it did not, has them remember
 * without it. The store's lock must be held.
 */
public final class LostToken {
    private final TakingOver takingOver;
    private final TokenMemories tokens;
    private final Store store;

    public LostToken(Store store, TokenMemories tokens, AuditFile audit, ChainHeads chains) {
        this.tokens = tokens;
        this.store = store;
        this.takingOver = new TakingOver(
                store, tokens, audit.origin(), chains, audit.protection(), new SecureRandom(), System::nanoTime);
    }

    /**
     * Has it recorded that the token is lost, then has the others remember what the store has, and name the lost one no more. May be interrupted
     * at any moment and run again.
     *
     * @param record is run once it is sure that the token may be forgotten
     * @throws ConfigurationFault if the token is there, or the store has less than the others remember
     * @throws org.sealkeeper.kernel.Fault if another appliance holds the lease, or another token is missing, too
     */
    public void forget(TokenLabel lost, Runnable record) {
        Recollection recall = tokens.awaitFree(TakingOver.place(store, new SecureRandom()));
        if (recall.byToken().containsKey(lost)) {
            throw new ConfigurationFault("expected a token that is lost, found '" + lost
                    + "', which can be used: disconnect it" + " first, if it is not to be used any more");
        }
        List<TokenLabel> others =
                recall.missing().stream().filter(label -> !label.equals(lost)).toList();
        if (!others.isEmpty()) {
            throw new TokenMissing(others);
        }
        Optional<WritingStopped> behind = takingOver.judge().judge(recall.all());
        if (behind.isPresent()) {
            throw new ConfigurationFault(String.valueOf(behind.get().getMessage()));
        }
        record.run();
        takingOver.accept(recall);
    }

    /** The leaf that tells of it. */
    public static Leaf leaf(TokenLabel lost, Instant now) {
        return Leaf.ofCommand(now, Operation.FORGET_TOKEN, new Subject.Whole()).inside(lost);
    }
}
