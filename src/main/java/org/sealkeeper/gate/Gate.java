package org.sealkeeper.gate;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.gate.KeyUse.Binding;
import org.sealkeeper.gate.KeyUse.Checking;
import org.sealkeeper.gate.KeyUse.MakeDataKey;
import org.sealkeeper.gate.KeyUse.ReleaseDataKey;
import org.sealkeeper.gate.KeyUse.RewrapDataKey;
import org.sealkeeper.gate.KeyUse.Signing;
import org.sealkeeper.gate.KeyUse.Step;
import org.sealkeeper.hsm.DataKeyOutcome;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.BoundDataKey;
import org.sealkeeper.keys.DataKeys;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.MadeDataKey;
import org.sealkeeper.keys.Wraps;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.Work;

/**
 * The one path to a key: what was decided is recorded as begun, then done, then its outcome is recorded; then its caller learns of it.
 * Safe for use by many threads. Stages complete on one of the few threads that use the token or write the store: what depends on them
 * must be short, and must never wait.
 *
 * <p>If we crash between an intent and its outcome, the log says {@code begun} and no more: no caller was told what the token did
 * meanwhile.
 */
public final class Gate {
    private final KeyRing keys;
    private final DataKeys dataKeys;
    private final Store store;
    private final AuditLog audit;
    private final Runnable lease;

    /** @param lease runs right before the token signs, and throws a fault if the keys are not this appliance's at that moment */
    public Gate(KeyRing keys, DataKeys dataKeys, Store store, AuditLog audit, Runnable lease) {
        this.keys = keys;
        this.dataKeys = dataKeys;
        this.store = store;
        this.audit = audit;
        this.lease = lease;
    }

    /**
     * Runs a feature's transaction, records in it what it begins, and gives the intent once both are durable.
     *
     * @param work may run twice
     */
    public <U extends KeyUse, T> CompletionStage<Begun<U, T>> begin(Work<Beginning<U, T>> work) {
        return store.write(rows -> {
                    Beginning<U, T> beginning = work.run(rows);
                    List<Leaf> begun =
                            beginning.wanted().map(Beginning.Wanted::begun).orElse(List.of());
                    return new Recorded<>(beginning, append(rows, begun));
                })
                .thenApply(Recorded::begun);
    }

    private List<Long> append(Rows rows, List<Leaf> leaves) throws SQLException {
        List<Long> indexes = new ArrayList<>();
        for (Leaf leaf : leaves) {
            indexes.add(audit.append(rows, leaf));
        }
        return indexes;
    }

    /** What is durable only once the stage of its transaction completes. */
    private record Recorded<U extends KeyUse, T>(Beginning<U, T> beginning, List<Long> leaves) {
        private Begun<U, T> begun() {
            return new Begun<>(
                    beginning.finding(), beginning.wanted().map(wanted -> new Intent<>(leaves, wanted.use())));
        }
    }

    /**
     * Does what was begun, and records how it ended before anything depends on it.
     *
     * @param work uses the key; only while it does, the intent is good for anything
     * @return what the ending tells; or the fault the work ended in, also where the leaves of that cannot be written
     * @throws IllegalStateException if the intent was used before
     */
    public <U extends KeyUse, R, A> CompletionStage<A> carryOut(
            Intent<U> intent, Function<Intent<U>, CompletionStage<R>> work, JointEnding<R, A> ending) {
        intent.begin();
        return completedStage(intent)
                .thenCompose(work)
                .whenComplete((result, failure) -> intent.end())
                .exceptionallyCompose(failure -> recordFailure(failure, intent.leaves(), ending))
                .thenCompose(result -> recordOutcome(result, intent.leaves(), ending));
    }

    private <R, A> CompletionStage<A> recordOutcome(R result, List<Long> begun, JointEnding<R, A> ending) {
        CompletionStage<A> recorded = store.write(rows -> {
            List<OutcomeRecord> outcomes = begun.stream()
                    .map(leaf -> new OutcomeRecord(audit, rows, leaf))
                    .toList();
            A told = ending.ended(result, outcomes);
            outcomes.forEach(OutcomeRecord::requireRecorded);
            return told;
        });
        ending.submitted();
        return recorded;
    }

    private <R> CompletionStage<R> recordFailure(Throwable failure, List<Long> begun, JointEnding<R, ?> ending) {
        Throwable cause = Completion.causeOf(failure);
        if (!(cause instanceof Fault fault)) {
            return failedStage(cause);
        }
        List<Leaf> failed = ending.failed(fault, begun);
        return store.write(rows -> append(rows, failed))
                .handle((leaves, lost) -> leaves)
                .thenCompose(ignored -> failedStage(fault));
    }

    /**
     * Signs a block, or a batch of them.
     *
     * @param message the bytes before any digest
     * @return as {@link KeyRing#sign}
     */
    public CompletionStage<byte[]> sign(Intent<? extends Signing> intent, byte[] message) {
        return keys.sign(intent.take(Step.SIGN).key(), KeyPurpose.BLOCK_SIGNING, message, lease);
    }

    /**
     * Does work with data keys in one token after the other, until one can, as {@link DataKeys#untilOneCan} has it: each step the work makes
     * is made once in each.
     */
    public <T> CompletionStage<T> untilOneCan(
            Collection<TokenLabel> candidates, Function<TokenLabel, CompletionStage<T>> work, Predicate<T> cannot) {
        return dataKeys.untilOneCan(candidates, work, cannot);
    }

    /** A token that worked with data keys, where the audit log is to name it. */
    public Optional<TokenLabel> recorded(TokenLabel token) {
        return dataKeys.recorded(token);
    }

    /** Makes a data key; empty where its recipient is not trusted. */
    public CompletionStage<Optional<MadeDataKey>> generate(Intent<MakeDataKey> intent) {
        MakeDataKey use = intent.take(Step.GENERATE);
        return dataKeys.generate(use.key(), use.recipient());
    }

    /** Makes the tag of this token that a wrapped key must have; 32 bytes, compare them in constant time. */
    public CompletionStage<byte[]> check(Intent<? extends Checking> intent, TokenLabel token, byte[] message) {
        return dataKeys.authenticate(intent.take(Step.CHECK, token).checkingKey(), token, message);
    }

    /**
     * Makes the tags of a new wrapped key.
     *
     * @param message as {@link DataKeys#bind} has it
     */
    public CompletionStage<BoundDataKey> bind(
            Intent<? extends Binding> intent, Wraps wraps, Function<Wraps, byte[]> message) {
        Binding use = intent.take(Step.BIND);
        return dataKeys.bind(use.bindingKey(), wraps, message, use.isBoundByAll());
    }

    /**
     * Releases a data key.
     *
     * @param wrapped as {@link DataKeys#release} has it
     */
    public CompletionStage<DataKeyOutcome.Released> release(
            Intent<ReleaseDataKey> intent, TokenLabel token, byte[] wrapped) {
        ReleaseDataKey use = intent.take(Step.RELEASE, token);
        return dataKeys.release(use.key(), token, wrapped, use.recipient());
    }

    /**
     * Wraps a data key under another version.
     *
     * @param wrapped as {@link DataKeys#rewrap} has it
     */
    public CompletionStage<Optional<Wraps>> rewrap(Intent<RewrapDataKey> intent, TokenLabel token, byte[] wrapped) {
        RewrapDataKey use = intent.take(Step.REWRAP, token);
        return dataKeys.rewrap(use.from(), use.to(), use.window(), token, wrapped);
    }
}
