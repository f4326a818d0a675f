package org.sealkeeper.ledger.signing;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.KeyVersion;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.Chain;

/** What the audit log is told about one request for a signature, step by step. */
record SigningLeaves(Leaf template, Decision decision, InstantSource clock) {

    /** The name of a chain that is not declared is not repeated: it would be a text of the caller's choice. */
    static SigningLeaves onUnknownChain(SigningRequest request, InstantSource clock) {
        return of(request, new Subject.Whole(), Decision.denied("chains"), clock);
    }

    static SigningLeaves on(Chain chain, SigningRequest request, Decision decision, InstantSource clock) {
        BlockRequest block = request.block();
        var subject = new Subject.Block(chain.name(), block.height(), block.previousHash(), block.blockHash());
        return of(request, subject, decision, clock);
    }

    /** With this key, in this token where there are several. */
    SigningLeaves with(CataloguedKey key, Optional<TokenLabel> token) {
        Leaf signing = template.with(new KeyVersion(key.alias(), key.version(), key.keyId()));
        return new SigningLeaves(token.map(signing::inside).orElse(signing), decision, clock);
    }

    private static SigningLeaves of(SigningRequest request, Subject subject, Decision decision, InstantSource clock) {
        var caller = new Actor.Identified(request.caller());
        Leaf template = Leaf.done(clock.instant(), Operation.SIGN_BLOCK, caller, subject, decision.rule())
                .in(request.id());
        return new SigningLeaves(decision.isAllowed() ? template.decidedBy(decision) : template, decision, clock);
    }

    /** By the appliance itself, at its start. */
    static SigningLeaves finishing(BlockStatement block, InstantSource clock) {
        var subject = new Subject.Block(block.chain(), block.height(), block.previousHash(), block.blockHash());
        Leaf template =
                Leaf.done(clock.instant(), Operation.SIGN_BLOCK, new Actor.Appliance(), subject, "finish-claims");
        return new SigningLeaves(template, template.decision(), clock);
    }

    Leaf begun() {
        return now().ending(Outcome.BEGUN, Optional.empty(), OptionalLong.empty());
    }

    Leaf of(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Claimed _ -> begun();
            case Ruling.Replayed(var block) -> block.signature().isPresent() ? replayed(OptionalLong.empty()) : begun();
            case Refusal refusal -> refused(refusal);
        };
    }

    Leaf signed(long begun) {
        return now().ending(Outcome.DONE, Optional.empty(), OptionalLong.of(begun));
    }

    Leaf replayed(OptionalLong begun) {
        return now().ending(Outcome.REPLAYED, Optional.empty(), begun);
    }

    Leaf failed(long begun, Fault fault) {
        return now().ending(Outcome.FAILED, Optional.of(Reason.of(fault.kind())), OptionalLong.of(begun));
    }

    /** Refused after it was begun. */
    Leaf failed(long begun, Refusal refusal) {
        return now().ending(Outcome.FAILED, Optional.of(reason(refusal)), OptionalLong.of(begun));
    }

    Leaf refused(Refusal refusal) {
        return now().refused(decision, reason(refusal));
    }

    /** Tells the log of a refusal before anything was begun; completes with it once it is on record. */
    CompletionStage<SigningOutcome> refuse(Refusal refusal, AuditLog audit) {
        return audit.refuse(refused(refusal)).thenApply(index -> refusal);
    }

    private static Reason reason(Refusal refusal) {
        return new Reason(RefusalProblem.of(refusal).type().name());
    }

    private Leaf now() {
        return template.at(clock.instant());
    }
}
