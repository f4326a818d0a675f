package org.sealkeeper.envelope;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.kernel.Fault;

/** What the audit log is told about one request for a data key, step by step. */
record DataKeyLeaves(Leaf template, Subject.DataKey subject, Decision decision, InstantSource clock) {

    static DataKeyLeaves of(
            Operation operation, Requester by, Subject.DataKey subject, Decision decision, InstantSource clock) {
        Leaf template = Leaf.done(
                        clock.instant(), operation, new Actor.Identified(by.caller()), subject, decision.rule())
                .in(by.id());
        return new DataKeyLeaves(
                decision.isAllowed() ? template.decidedBy(decision) : template, subject, decision, clock);
    }

    /** Where there is no key-encryption key the request could be about. */
    static Leaf withoutKey(Operation operation, Requester by, Refusal refusal, InstantSource clock) {
        var decision = Decision.denied("no-key-encryption-key");
        return Leaf.done(
                        clock.instant(),
                        operation,
                        new Actor.Identified(by.caller()),
                        new Subject.Whole(),
                        decision.rule())
                .in(by.id())
                .refused(decision, RefusalProblem.reason(refusal));
    }

    /** The same request as part of an emergency. */
    DataKeyLeaves under(long emergency) {
        var inEmergency = new Subject.DataKey(
                subject.key(),
                subject.version(),
                subject.id(),
                subject.recipient(),
                subject.purpose(),
                OptionalLong.of(emergency));
        return new DataKeyLeaves(template.on(inEmergency), inEmergency, decision, clock);
    }

    Leaf begun() {
        return now().ending(Outcome.BEGUN, Optional.empty(), OptionalLong.empty());
    }

    Leaf ended(DataKeyResult result, long begun) {
        return switch (result) {
            case DataKeyResult.Success success -> done(success, begun);
            case Refusal refusal ->
                now().ending(Outcome.REFUSED, Optional.of(RefusalProblem.reason(refusal)), OptionalLong.of(begun));
        };
    }

    private Leaf done(DataKeyResult.Success success, long begun) {
        Leaf done = now().on(withResult(success)).ending(Outcome.DONE, Optional.empty(), OptionalLong.of(begun));
        return success.token().map(done::inside).orElse(done);
    }

    Leaf failed(Fault fault, long begun) {
        return now().ending(Outcome.FAILED, Optional.of(Reason.of(fault.kind())), OptionalLong.of(begun));
    }

    /** Refused before anything was begun. */
    Leaf refused(Refusal refusal) {
        return now().refused(decision, RefusalProblem.reason(refusal));
    }

    /** That an emergency begins with this request. */
    Leaf emergency(String justification) {
        String purpose = subject.purpose().orElseThrow();
        Leaf beginning = Leaf.done(
                        clock.instant(),
                        Operation.BEGIN_EMERGENCY_ACCESS,
                        template.actor(),
                        new Subject.Emergency(subject.key(), purpose, justification),
                        decision.rule())
                .decidedBy(decision);
        return template.authorization().request().map(beginning::in).orElse(beginning);
    }

    private Subject withResult(DataKeyResult.Success success) {
        return new Subject.DataKey(
                subject.key(),
                OptionalInt.of(success.version()),
                Optional.of(DataKeyId.of(success.wrapped())),
                subject.recipient(),
                subject.purpose(),
                subject.emergency());
    }

    private Leaf now() {
        return template.at(clock.instant());
    }
}
