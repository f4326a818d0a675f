package org.sealkeeper.envelope;

import static java.util.concurrent.CompletableFuture.failedStage;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.envelope.emergency.EmergencyAccess;
import org.sealkeeper.envelope.emergency.EmergencyNotice;
import org.sealkeeper.envelope.emergency.EmergencyRequest;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/**
 * Carries out what was decided: the intent is durable before a key is used, the outcome before it is told.
 *
 * <p>If we crash in between, the log says {@code begun} and no more: nobody was told anything.
 */
final class RecordedUse {
    private final Gate gate;
    private final Store store;
    private final AuditLog audit;
    private final EmergencyAccess emergencies;

    RecordedUse(Gate gate, Store store, AuditLog audit, EmergencyAccess emergencies) {
        this.gate = gate;
        this.store = store;
        this.audit = audit;
        this.emergencies = emergencies;
    }

    /** What became of the wish to begin. */
    private sealed interface Beginning {
        record Begun(Intent intent, DataKeyLeaves leaves, Optional<EmergencyNotice> alarm) implements Beginning {}

        record Refused(DataKeyLeaves leaves, Refusal refusal) implements Beginning {}
    }

    CompletionStage<Answer> refuse(DataKeyLeaves leaves, Refusal refusal) {
        return refuse(leaves.refused(refusal), refusal);
    }

    CompletionStage<Answer> refuse(Leaf leaf, Refusal refusal) {
        return audit.refuse(leaf).thenApply(index -> new Answer(refusal, index));
    }

    CompletionStage<Answer> carryOut(DataKeyLeaves leaves, Function<Intent, CompletionStage<DataKeyResult>> work) {
        return store.write(rows -> new Beginning.Begun(gate.begin(rows, leaves.begun()), leaves, Optional.empty()))
                .thenCompose(begun -> follow(begun, work));
    }

    /** As above, as part of an emergency, which begins here unless it has begun already. */
    CompletionStage<Answer> carryOut(
            DataKeyLeaves leaves, EmergencyRequest claim, Function<Intent, CompletionStage<DataKeyResult>> work) {
        return store.write(rows -> begin(rows, leaves, claim)).thenCompose(beginning -> follow(beginning, work));
    }

    private Beginning begin(Rows rows, DataKeyLeaves leaves, EmergencyRequest claim) throws SQLException {
        return switch (emergencies.admit(rows, claim, leaves::emergency)) {
            case EmergencyAccess.Admission.Unjustified() ->
                new Beginning.Refused(leaves, new Refusal.JustificationRequired());
            case EmergencyAccess.Admission.Admitted(long leaf, var alarm) -> {
                DataKeyLeaves under = leaves.under(leaf);
                yield new Beginning.Begun(gate.begin(rows, under.begun()), under, alarm);
            }
        };
    }

    private CompletionStage<Answer> follow(Beginning beginning, Function<Intent, CompletionStage<DataKeyResult>> work) {
        return switch (beginning) {
            case Beginning.Refused(var leaves, var refusal) -> refuse(leaves, refusal);
            case Beginning.Begun(Intent intent, DataKeyLeaves leaves, var alarm) -> {
                alarm.ifPresent(emergencies::ring);
                yield work.apply(intent)
                        .exceptionallyCompose(failure -> recordFailure(failure, leaves, intent))
                        .thenCompose(result -> audit.append(leaves.ended(result, intent.leaf()))
                                .thenApply(leaf -> new Answer(result, OptionalLong.of(leaf))));
            }
        };
    }

    /** What the caller learns is the token's fault, also where its leaf cannot be written. */
    private CompletionStage<DataKeyResult> recordFailure(Throwable failure, DataKeyLeaves leaves, Intent intent) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof Fault fault)) {
            return failedStage(cause);
        }
        return audit.append(leaves.failed(fault, intent.leaf()))
                .handle((leaf, lost) -> leaf)
                .thenCompose(ignored -> failedStage(fault));
    }
}
