package org.sealkeeper.audit;

import java.util.EnumMap;
import java.util.Map;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;

/** Names the members of a leaf in JSON (docs/formats/audit-leaf.md); {@link CanonicalLeaf} puts them in order. */
final class LeafJson {
    /** The version of the leaf format. */
    static final long FORMAT = 1;

    private final Map<LeafField, Object> members = new EnumMap<>(LeafField.class);

    private LeafJson() {}

    static RecordedLeaf of(Leaf leaf) {
        var json = new LeafJson();
        json.members.put(LeafField.VERSION, FORMAT);
        json.members.put(LeafField.TIME, Rfc3339.milliseconds(leaf.time()));
        json.members.put(LeafField.OPERATION, leaf.operation().text());
        json.put(leaf.authorization());
        json.put(leaf.target().subject());
        leaf.target().key().ifPresent(json::put);
        leaf.target().token().ifPresent(token -> json.members.put(LeafField.TOKEN, token.value()));
        json.put(leaf.result());
        leaf.tally().ifPresent(json::put);
        return RecordedLeaf.of(json.members);
    }

    private void put(Authorization authorization) {
        put(authorization.actor());
        authorization.request().ifPresent(id -> members.put(LeafField.REQUEST_ID, id.value()));
        Decision decision = authorization.decision();
        members.put(LeafField.DECISION, decision.text());
        members.put(LeafField.RULE, decision.rule());
        decision.policy().ifPresent(digest -> members.put(LeafField.POLICY, digest));
        decision.claims().ifPresent(claims -> members.put(LeafField.CLAIMS, claims));
    }

    private void put(Actor actor) {
        members.put(LeafField.AUTHENTICATION, actor.authentication());
        if (actor instanceof Actor.Identified(Caller(var certificate, var token))) {
            certificate.ifPresent(id -> members.put(LeafField.CALLER, id.value()));
            token.ifPresent(this::put);
        }
    }

    private void put(BearerToken bearer) {
        members.put(LeafField.ISSUER, bearer.issuer());
        members.put(LeafField.SUBJECT, bearer.subject());
        bearer.tokenId().ifPresent(id -> members.put(LeafField.TOKEN_ID, id));
    }

    private void put(Subject subject) {
        switch (subject) {
            case Subject.Block block -> {
                members.put(LeafField.CHAIN, block.chain().value());
                members.put(LeafField.HEIGHT, block.height().value());
                members.put(LeafField.PREVIOUS_HASH, block.previousHash().hex());
                members.put(LeafField.BLOCK_HASH, block.blockHash().hex());
            }
            case Subject.Chain(var name) -> members.put(LeafField.CHAIN, name.value());
            case Subject.Handover handover -> {
                members.put(LeafField.CHAIN, handover.chain().value());
                members.put(LeafField.HEIGHT, handover.height().value());
                handover.previousHash().ifPresent(hash -> members.put(LeafField.PREVIOUS_HASH, hash.hex()));
                members.put(LeafField.BLOCK_HASH, handover.blockHash().hex());
                members.put(LeafField.SEQUENCE, handover.sequence());
                members.put(LeafField.LOG, handover.log().value());
                members.put(LeafField.HANDOVER, handover.number());
            }
            case Subject.Log(var checkpoint) -> {
                members.put(LeafField.LOG, checkpoint.origin().value());
                members.put(LeafField.LOG_SIZE, checkpoint.size());
                members.put(LeafField.LOG_ROOT, checkpoint.root().base64());
            }
            case Subject.SecretKey(var alias, var version) -> {
                members.put(LeafField.KEY, alias.value());
                members.put(LeafField.KEY_VERSION, (long) version);
            }
            case Subject.KeyState(var state, var since) -> {
                members.put(LeafField.KEY_STATE, state);
                since.ifPresent(time -> members.put(LeafField.COMPROMISED_SINCE, Rfc3339.milliseconds(time)));
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
            case Subject.Review review -> {
                members.put(LeafField.KEY, review.key().value());
                members.put(LeafField.PURPOSE, review.purpose());
                members.put(LeafField.EMERGENCY, review.emergency());
                members.put(LeafField.VERDICT, review.verdict());
                members.put(LeafField.NOTE, review.note());
            }
            case Subject.Whole() -> {}
        }
    }

    private void put(KeyVersion key) {
        members.put(LeafField.KEY, key.alias().value());
        members.put(LeafField.KEY_VERSION, (long) key.version());
        members.put(LeafField.KEY_ID, key.keyId().value());
    }

    private void put(Result result) {
        members.put(LeafField.OUTCOME, result.outcome().text());
        result.reason().ifPresent(why -> members.put(LeafField.REASON, why.code()));
        result.begun().ifPresent(index -> members.put(LeafField.BEGUN, index));
    }

    private void put(Tally tally) {
        members.put(LeafField.COUNT, tally.count());
        members.put(LeafField.SINCE, Rfc3339.milliseconds(tally.since()));
    }
}
