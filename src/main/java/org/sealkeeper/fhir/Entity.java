package org.sealkeeper.fhir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;

/**
 * Something that an event is about, or that proves it.
 *
 * @param details by the names that docs/formats/audit-leaf.md gives them
 */
record Entity(Coding type, Optional<Coding> role, Party what, SequencedMap<String, String> details) {
    private static final Coding OBJECT = Coding.hl7("audit-entity-type", "2", "System Object");
    private static final Coding SECURITY_RESOURCE = role("13", "Security Resource");
    private static final Coding DOMAIN_RESOURCE = role("4", "Domain Resource");
    private static final Coding SECURITY_USER = role("11", "Security User Entity");
    private static final Coding REQUEST = Coding.balp("XrequestId", "Unique Request Identifier");

    private static Coding role(String code, String display) {
        return Coding.hl7("object-role", code, display);
    }

    /** Those of a leaf; the first one is its place in the log. */
    static List<Entity> of(LoggedLeaf logged) {
        RecordedLeaf leaf = logged.leaf();
        List<Entity> entities = new ArrayList<>(List.of(place(logged)));
        leaf.text(LeafField.REQUEST_ID)
                .map(id -> new Entity(REQUEST, Optional.empty(), Party.own("request", id, id), details(leaf)))
                .ifPresent(entities::add);
        block(leaf).ifPresent(entities::add);
        key(leaf).or(() -> token(leaf)).ifPresent(entities::add);
        leaf.text(LeafField.DATA_KEY)
                .map(id -> resource(SECURITY_RESOURCE, Party.own("data-key", id, "data key"), details(leaf)))
                .ifPresent(entities::add);
        leaf.text(LeafField.LOG)
                .map(log -> resource(
                        SECURITY_RESOURCE,
                        Party.own("log", log, log),
                        details(leaf, LeafField.LOG_SIZE, LeafField.LOG_ROOT)))
                .ifPresent(entities::add);
        leaf.text(LeafField.RECIPIENT_KEY)
                .flatMap(_ -> leaf.text(LeafField.RECIPIENT))
                .map(name -> resource(
                        SECURITY_USER, Party.own("recipient", name, name), details(leaf, LeafField.RECIPIENT_KEY)))
                .ifPresent(entities::add);
        return entities;
    }

    /** Where the leaf is, so that it can be proven: {@code sealkeeper audit show}. */
    private static Entity place(LoggedLeaf logged) {
        SequencedMap<String, String> details = new LinkedHashMap<>();
        details.put("logOrigin", Party.fit(logged.log().value()));
        details.put("leafIndex", Long.toString(logged.index()));
        details.put("leafHash", logged.hash().base64());
        details.putAll(details(
                logged.leaf(),
                LeafField.AUTHENTICATION,
                LeafField.DECISION,
                LeafField.RULE,
                LeafField.POLICY,
                LeafField.TOKEN_ID,
                LeafField.BEGUN,
                LeafField.EMERGENCY,
                LeafField.VERDICT,
                LeafField.COUNT));
        return resource(SECURITY_RESOURCE, Party.own("leaf", logged.identifier(), "leaf " + logged.index()), details);
    }

    private static Optional<Entity> block(RecordedLeaf leaf) {
        return leaf.text(LeafField.CHAIN).map(chain -> {
            Party what = leaf.number(LeafField.HEIGHT).isPresent()
                    ? block(chain, leaf.number(LeafField.HEIGHT).getAsLong())
                    : Party.own("chain", chain, "chain " + chain);
            return resource(
                    DOMAIN_RESOURCE,
                    what,
                    details(
                            leaf,
                            LeafField.HEIGHT,
                            LeafField.PREVIOUS_HASH,
                            LeafField.BLOCK_HASH,
                            LeafField.SEQUENCE,
                            LeafField.HANDOVER));
        });
    }

    /** A block of a chain, as AuditEvent and Provenance name it. */
    static Party block(String chain, long height) {
        return Party.own("block", chain + "/" + height, "block " + height + " of chain " + chain);
    }

    private static Optional<Entity> key(RecordedLeaf leaf) {
        SequencedMap<String, String> details = details(
                leaf,
                LeafField.KEY_VERSION,
                LeafField.FROM_VERSION,
                LeafField.KEY_ID,
                LeafField.KEY_STATE,
                LeafField.COMPROMISED_SINCE,
                LeafField.TOKEN);
        return leaf.text(LeafField.KEY)
                .map(alias -> resource(SECURITY_RESOURCE, Party.own("key", alias, "key " + alias), details));
    }

    private static Optional<Entity> token(RecordedLeaf leaf) {
        return leaf.text(LeafField.TOKEN)
                .map(label -> resource(SECURITY_RESOURCE, Party.own("token", label, "token " + label), details(leaf)));
    }

    private static Entity resource(Coding role, Party what, SequencedMap<String, String> details) {
        return new Entity(OBJECT, Optional.of(role), what, details);
    }

    private static SequencedMap<String, String> details(RecordedLeaf leaf, LeafField... fields) {
        SequencedMap<String, String> details = new LinkedHashMap<>();
        for (LeafField field : fields) {
            leaf.value(field).ifPresent(value -> details.put(field.fieldName(), Party.fit(value.toString())));
        }
        return details;
    }
}
