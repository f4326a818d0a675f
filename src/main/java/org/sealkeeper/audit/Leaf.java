package org.sealkeeper.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.kernel.TokenBearer;

/**
 * One entry of the audit log: who did what to what, by which rule, and what became of it.
 *
 * <p>Every component is a name, a number, a hash or a time of ours, or stands in a token of an issuer the operator trusts. There is
 * no place for a text, so that no patient data and no secret can get in, whatever a caller sends.
 *
 * @param request empty where it was not a request
 * @param key the key that was used, or would have been
 * @param begun the index of the leaf that said this would be done
 * @param tally present where the leaf stands for several events
 */
public record Leaf(
        Instant time,
        Operation operation,
        Actor actor,
        Optional<RequestId> request,
        Subject subject,
        Optional<KeyVersion> key,
        Decision decision,
        Outcome outcome,
        Optional<Reason> reason,
        OptionalLong begun,
        Optional<Tally> tally) {
    /** The version of the leaf format. */
    static final long FORMAT = 1;

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    public Leaf {
        if (outcome.needsReason() != reason.isPresent()) {
            throw new IllegalArgumentException("expected a reason exactly where something was refused or failed");
        }
        if (outcome != Outcome.REFUSED && !decision.isAllowed()) {
            throw new IllegalArgumentException("expected what is denied to be refused");
        }
    }

    /** A leaf about something that is allowed and was done. */
    public static Leaf done(Instant time, Operation operation, Actor actor, Subject subject, String rule) {
        return new Leaf(
                time,
                operation,
                actor,
                Optional.empty(),
                subject,
                Optional.empty(),
                Decision.allowed(rule),
                Outcome.DONE,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    /** This leaf of somebody else. */
    Leaf by(Actor other) {
        return new Leaf(time, operation, other, request, subject, key, decision, outcome, reason, begun, tally);
    }

    /** This leaf about something else. */
    public Leaf on(Subject other) {
        return new Leaf(time, operation, actor, request, other, key, decision, outcome, reason, begun, tally);
    }

    /** This leaf as part of a request. */
    public Leaf in(RequestId id) {
        return new Leaf(time, operation, actor, Optional.of(id), subject, key, decision, outcome, reason, begun, tally);
    }

    /** This leaf with what decided about it. */
    public Leaf decidedBy(Decision by) {
        return new Leaf(time, operation, actor, request, subject, key, by, outcome, reason, begun, tally);
    }

    /** This leaf with the key it is about. */
    public Leaf with(KeyVersion used) {
        return new Leaf(
                time, operation, actor, request, subject, Optional.of(used), decision, outcome, reason, begun, tally);
    }

    /** This leaf with another end. */
    public Leaf ending(Outcome end, Optional<Reason> why, OptionalLong begunAt) {
        return new Leaf(time, operation, actor, request, subject, key, decision, end, why, begunAt, tally);
    }

    /** This leaf refused, before or after it was allowed. */
    public Leaf refused(Decision by, Reason why) {
        return new Leaf(
                time,
                operation,
                actor,
                request,
                subject,
                key,
                by,
                Outcome.REFUSED,
                Optional.of(why),
                OptionalLong.empty(),
                tally);
    }

    /** This leaf at another time. */
    public Leaf at(Instant moment) {
        return new Leaf(moment, operation, actor, request, subject, key, decision, outcome, reason, begun, tally);
    }

    /** This leaf for several events. */
    public Leaf counting(Tally events) {
        return new Leaf(
                time, operation, actor, request, subject, key, decision, outcome, reason, begun, Optional.of(events));
    }

    /** The entry of the log: RFC 8785 canonical JSON, in UTF-8, below 16 KiB. */
    public byte[] canonicalJson() {
        return recorded().entry();
    }

    /** This leaf as it will stand in the log. */
    RecordedLeaf recorded() {
        var members = new EnumMap<LeafField, Object>(LeafField.class);
        members.put(LeafField.VERSION, FORMAT);
        members.put(LeafField.TIME, text(time));
        members.put(LeafField.OPERATION, operation.text());
        members.put(LeafField.AUTHENTICATION, actor.authentication());
        if (actor instanceof Actor.Caller(var certificate, var token)) {
            certificate.ifPresent(id -> members.put(LeafField.CALLER, id.value()));
            token.ifPresent(bearer -> put(bearer, members));
        }
        request.ifPresent(id -> members.put(LeafField.REQUEST_ID, id.value()));
        put(subject, members);
        key.ifPresent(used -> put(used, members));
        members.put(LeafField.DECISION, decision.text());
        members.put(LeafField.RULE, decision.rule());
        decision.policy().ifPresent(digest -> members.put(LeafField.POLICY, digest));
        decision.claims().ifPresent(claims -> members.put(LeafField.CLAIMS, claims));
        members.put(LeafField.OUTCOME, outcome.text());
        reason.ifPresent(why -> members.put(LeafField.REASON, why.code()));
        begun.ifPresent(index -> members.put(LeafField.BEGUN, index));
        tally.ifPresent(events -> put(events, members));
        return RecordedLeaf.of(members);
    }

    private static void put(TokenBearer bearer, EnumMap<LeafField, Object> members) {
        members.put(LeafField.ISSUER, bearer.issuer());
        members.put(LeafField.SUBJECT, bearer.subject());
        bearer.tokenId().ifPresent(id -> members.put(LeafField.TOKEN_ID, id));
    }

    private static void put(Subject subject, EnumMap<LeafField, Object> members) {
        switch (subject) {
            case Subject.Block block -> {
                members.put(LeafField.CHAIN, block.chain().value());
                members.put(LeafField.HEIGHT, block.height().value());
                members.put(LeafField.PREVIOUS_HASH, block.previousHash().hex());
                members.put(LeafField.BLOCK_HASH, block.blockHash().hex());
            }
            case Subject.Chain(var name) -> members.put(LeafField.CHAIN, name.value());
            case Subject.Log(var checkpoint) -> {
                members.put(LeafField.LOG, checkpoint.origin().value());
                members.put(LeafField.LOG_SIZE, checkpoint.size());
                members.put(LeafField.LOG_ROOT, checkpoint.root().base64());
            }
            case Subject.SecretKey(var alias, var version) -> {
                members.put(LeafField.KEY, alias.value());
                members.put(LeafField.KEY_VERSION, (long) version);
            }
            case Subject.RewrapWindow(var alias, var from, var to) -> {
                members.put(LeafField.KEY, alias.value());
                members.put(LeafField.FROM_VERSION, (long) from);
                members.put(LeafField.KEY_VERSION, (long) to);
            }
            case Subject.Recipient(var name, var digest) -> {
                members.put(LeafField.RECIPIENT, name.value());
                members.put(LeafField.RECIPIENT_KEY, digest);
            }
            case Subject.DataKey dataKey -> {
                members.put(LeafField.KEY, dataKey.key().value());
                dataKey.version().ifPresent(version -> members.put(LeafField.KEY_VERSION, (long) version));
                dataKey.id().ifPresent(id -> members.put(LeafField.DATA_KEY, id));
                dataKey.recipient().ifPresent(name -> members.put(LeafField.RECIPIENT, name.value()));
                dataKey.purpose().ifPresent(code -> members.put(LeafField.PURPOSE, code));
                dataKey.emergency().ifPresent(index -> members.put(LeafField.EMERGENCY, index));
            }
            case Subject.Emergency(var key, var purpose, var justification) -> {
                members.put(LeafField.KEY, key.value());
                members.put(LeafField.PURPOSE, purpose);
                members.put(LeafField.JUSTIFICATION, justification);
            }
            case Subject.Whole() -> {}
        }
    }

    private static void put(KeyVersion key, EnumMap<LeafField, Object> members) {
        members.put(LeafField.KEY, key.alias().value());
        members.put(LeafField.KEY_VERSION, (long) key.version());
        members.put(LeafField.KEY_ID, key.keyId().value());
    }

    private static void put(Tally tally, EnumMap<LeafField, Object> members) {
        members.put(LeafField.COUNT, tally.count());
        members.put(LeafField.SINCE, text(tally.since()));
    }

    private static String text(Instant time) {
        return MILLISECONDS.format(time);
    }
}
