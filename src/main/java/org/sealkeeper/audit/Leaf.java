package org.sealkeeper.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.kernel.TokenLabel;

/**
 * One entry of the audit log: who did what to what, by which rule, and what became of it.
 *
 * <p>Every component is a name, a number, a hash or a time of ours, or comes from a token of an issuer the operator trusts. There is
 * no place for a text, so that no patient data and no secret can get in, whatever a caller sends.
 *
 * @param tally present where the leaf is about several events
 */
public record Leaf(
        Instant time,
        Operation operation,
        Authorization authorization,
        Target target,
        Result result,
        Optional<Tally> tally) {

    public Leaf {
        if (result.outcome() != Outcome.REFUSED && !authorization.decision().isAllowed()) {
            throw new IllegalArgumentException("expected what is denied to be refused");
        }
    }

    /** A leaf about something that is allowed and was done. */
    public static Leaf done(Instant time, Operation operation, Actor actor, Subject subject, String rule) {
        return new Leaf(
                time,
                operation,
                new Authorization(actor, Optional.empty(), Decision.allowed(rule)),
                new Target(subject, Optional.empty(), Optional.empty()),
                Result.done(),
                Optional.empty());
    }

    /** What an operator did by a local command, about which no policy decides. */
    public static Leaf ofCommand(Instant time, Operation operation, Subject subject) {
        var operator = new Actor.Operator();
        return done(time, operation, operator, subject, operator.authentication());
    }

    /** What the appliance did by itself. */
    public static Leaf ofAppliance(Instant time, Operation operation, Subject subject) {
        return done(time, operation, new Actor.Appliance(), subject, "appliance");
    }

    /** The one that did it. */
    public Actor actor() {
        return authorization.actor();
    }

    /** What decided about it. */
    public Decision decision() {
        return authorization.decision();
    }

    /** What became of it. */
    public Outcome outcome() {
        return result.outcome();
    }

    /** This leaf of another actor. */
    Leaf by(Actor other) {
        return with(authorization.of(other));
    }

    /** This leaf about another subject. */
    public Leaf on(Subject other) {
        return with(target.on(other));
    }

    /** This leaf as part of a request. */
    public Leaf in(RequestId id) {
        return with(authorization.in(id));
    }

    /** This leaf with what decided about it. */
    public Leaf decidedBy(Decision by) {
        return with(authorization.decidedBy(by));
    }

    /** This leaf with the key it is about. */
    public Leaf with(KeyVersion used) {
        return with(target.with(used));
    }

    /** This leaf with the token that does it; for an appliance that has several. */
    public Leaf inside(TokenLabel token) {
        return with(target.inside(token));
    }

    /** This leaf with another end. */
    public Leaf ending(Outcome end, Optional<Reason> why, OptionalLong begunAt) {
        return new Leaf(time, operation, authorization, target, new Result(end, why, begunAt), tally);
    }

    /** This leaf refused, before or after it was allowed. */
    public Leaf refused(Decision by, Reason why) {
        return new Leaf(time, operation, authorization.decidedBy(by), target, Result.refused(why), tally);
    }

    /** This leaf at another time. */
    public Leaf at(Instant moment) {
        return new Leaf(moment, operation, authorization, target, result, tally);
    }

    /** This leaf for several events. */
    public Leaf counting(Tally events) {
        return new Leaf(time, operation, authorization, target, result, Optional.of(events));
    }

    private Leaf with(Authorization other) {
        return new Leaf(time, operation, other, target, result, tally);
    }

    private Leaf with(Target other) {
        return new Leaf(time, operation, authorization, other, result, tally);
    }

    /** The entry of the log: RFC 8785 canonical JSON, in UTF-8, below 16 KiB. */
    public byte[] canonicalJson() {
        return recorded().entry();
    }

    /** This leaf as it will be in the log. */
    RecordedLeaf recorded() {
        return LeafJson.of(this);
    }
}
