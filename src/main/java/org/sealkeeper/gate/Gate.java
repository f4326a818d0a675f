package org.sealkeeper.gate;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.gate.KeyUse.Binding;
import org.sealkeeper.gate.KeyUse.Checking;
import org.sealkeeper.gate.KeyUse.MakeDataKey;
import org.sealkeeper.gate.KeyUse.ReleaseDataKey;
import org.sealkeeper.gate.KeyUse.RewrapDataKey;
import org.sealkeeper.gate.KeyUse.SignBlock;
import org.sealkeeper.gate.KeyUse.Step;
import org.sealkeeper.hsm.DataKeyOutcome;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.keys.DataKeys;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
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
                    return beginning.wanted().isEmpty()
                            ? new Recorded<>(beginning, 0)
                            : new Recorded<>(
                                    beginning,
                                    audit.append(rows, beginning.wanted().get().begun()));
                })
                .thenApply(Recorded::begun);
    }

    /** What is durable only once the stage of its transaction completes. */
    private record Recorded<U extends KeyUse, T>(Beginning<U, T> beginning, long leaf) {
        private Begun<U, T> begun() {
            return new Begun<>(beginning.finding(), beginning.wanted().map(wanted -> new Intent<>(leaf, wanted.use())));
        }
    }

    /**
     * Does what was begun, and records how it ended before anything depends on it.
     *
     * @param work uses the key; only while it does, the intent is good for anything
     * @return what the ending tells; or the fault the work ended in, also where the leaf of that cannot be written
     * @throws IllegalStateException if the intent was used before
     */
    public <U extends KeyUse, R, A> CompletionStage<A> carryOut(
            Intent<U> intent, Function<Intent<U>, CompletionStage<R>> work, Ending<R, A> ending) {
        intent.begin();
        return completedStage(intent)
                .thenCompose(work)
                .whenComplete((result, failure) -> intent.end())
                .exceptionallyCompose(failure -> recordFailure(failure, intent.leaf(), ending))
                .thenCompose(result -> recordOutcome(result, intent.leaf(), ending));
    }

    private <R, A> CompletionStage<A> recordOutcome(R result, long begun, Ending<R, A> ending) {
        return store.write(rows -> {
            var outcome = new OutcomeRecord(audit, rows, begun);
            A told = ending.ended(result, outcome);
            outcome.requireRecorded();
            return told;
        });
    }

    private <R> CompletionStage<R> recordFailure(Throwable failure, long begun, Ending<R, ?> ending) {
        Throwable cause = Completion.causeOf(failure);
        if (!(cause instanceof Fault fault)) {
            return failedStage(cause);
        }
        Leaf failed = ending.failed(fault, begun);
        return audit.append(failed).handle((leaf, lost) -> leaf).thenCompose(ignored -> failedStage(fault));
    }

    /**
     * Signs a block.
     *
     * @param message the bytes before any digest
     * @return as {@link KeyRing#sign}
     */
    public CompletionStage<byte[]> sign(Intent<SignBlock> intent, byte[] message) {
        return keys.sign(intent.take(Step.SIGN).key(), KeyPurpose.BLOCK_SIGNING, message, lease);
    }

    /** Makes a data key. */
    public CompletionStage<DataKeyOutcome.Generated> generate(Intent<MakeDataKey> intent) {
        MakeDataKey use = intent.take(Step.GENERATE);
        return dataKeys.generate(use.key(), use.recipient());
    }

    /** Makes the tag that a wrapped key must have; 32 bytes, compare them in constant time. */
    public CompletionStage<byte[]> check(Intent<? extends Checking> intent, byte[] message) {
        return dataKeys.authenticate(intent.take(Step.CHECK).checkingKey(), message);
    }

    /** Makes the tag of a new wrapped key, 32 bytes. */
    public CompletionStage<byte[]> bind(Intent<? extends Binding> intent, byte[] message) {
        return dataKeys.authenticate(intent.take(Step.BIND).bindingKey(), message);
    }

    /**
     * Releases a data key.
     *
     * @param wrapped as {@link DataKeys#release} has it
     */
    public CompletionStage<DataKeyOutcome.Released> release(Intent<ReleaseDataKey> intent, byte[] wrapped) {
        ReleaseDataKey use = intent.take(Step.RELEASE);
        return dataKeys.release(use.key(), wrapped, use.recipient());
    }

    /**
     * Wraps a data key under another version.
     *
     * @param wrapped as {@link DataKeys#rewrap} has it
     */
    public CompletionStage<DataKeyOutcome.Rewrapped> rewrap(Intent<RewrapDataKey> intent, byte[] wrapped) {
        RewrapDataKey use = intent.take(Step.REWRAP);
        return dataKeys.rewrap(use.from(), use.to(), use.window(), wrapped);
    }
}
