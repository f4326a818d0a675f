package org.sealkeeper.envelope;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.envelope.emergency.EmergencyAccess;
import org.sealkeeper.envelope.emergency.EmergencyNotice;
import org.sealkeeper.envelope.emergency.EmergencyRequest;
import org.sealkeeper.gate.Beginning;
import org.sealkeeper.gate.Begun;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse;
import org.sealkeeper.store.Rows;

/**
 * Carries out what was decided, by the gate: the intent is durable before a key is used, the outcome before the caller learns of it.
 * An emergency begins together with the first use under it.
 */
final class RecordedUse {
    private final Gate gate;
    private final AuditLog audit;
    private final EmergencyAccess emergencies;

    RecordedUse(Gate gate, AuditLog audit, EmergencyAccess emergencies) {
        this.gate = gate;
        this.audit = audit;
        this.emergencies = emergencies;
    }

    /** Whether the use may begin, and what is told of it. */
    private sealed interface Admission {
        record Admitted(DataKeyLeaves leaves, Optional<EmergencyNotice> alarm) implements Admission {}

        record Refused(DataKeyLeaves leaves, Refusal refusal) implements Admission {}
    }

    CompletionStage<Answer> refuse(DataKeyLeaves leaves, Refusal refusal) {
        return refuse(leaves.refused(refusal), refusal);
    }

    CompletionStage<Answer> refuse(Leaf leaf, Refusal refusal) {
        return audit.refuse(leaf).thenApply(index -> new Answer(refusal, index));
    }

    <U extends KeyUse> CompletionStage<Answer> carryOut(
            DataKeyLeaves leaves, U use, Function<Intent<U>, CompletionStage<DataKeyResult>> work) {
        return gate.<U, Admission>begin(rows -> begin(leaves, Optional.empty(), use))
                .thenCompose(begun -> follow(begun, work));
    }

    /** As above, as part of an emergency, which begins here unless it has begun already. */
    <U extends KeyUse> CompletionStage<Answer> carryOut(
            DataKeyLeaves leaves,
            U use,
            EmergencyRequest emergency,
            Function<Intent<U>, CompletionStage<DataKeyResult>> work) {
        return gate.<U, Admission>begin(rows -> begin(rows, leaves, use, emergency))
                .thenCompose(begun -> follow(begun, work));
    }

    private <U extends KeyUse> Beginning<U, Admission> begin(
            Rows rows, DataKeyLeaves leaves, U use, EmergencyRequest emergency) throws SQLException {
        return switch (emergencies.admit(rows, emergency, leaves::emergency)) {
            case EmergencyAccess.Admission.Unjustified() ->
                Beginning.none(new Admission.Refused(leaves, new Refusal.JustificationRequired()));
            case EmergencyAccess.Admission.Admitted(long leaf, var alarm) -> begin(leaves.under(leaf), alarm, use);
        };
    }

    private static <U extends KeyUse> Beginning<U, Admission> begin(
            DataKeyLeaves leaves, Optional<EmergencyNotice> alarm, U use) {
        return Beginning.of(new Admission.Admitted(leaves, alarm), leaves.begun(), use);
    }

    private <U extends KeyUse> CompletionStage<Answer> follow(
            Begun<U, Admission> begun, Function<Intent<U>, CompletionStage<DataKeyResult>> work) {
        return switch (begun.finding()) {
            case Admission.Refused(var leaves, var refusal) -> refuse(leaves, refusal);
            case Admission.Admitted(var leaves, var alarm) -> {
                alarm.ifPresent(emergencies::ring);
                yield gate.carryOut(begun.intent().orElseThrow(), work, new DataKeyEnding(leaves));
            }
        };
    }
}
