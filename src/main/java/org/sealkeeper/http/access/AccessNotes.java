package org.sealkeeper.http.access;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.ChainName;

/** What a door found out about the request it answers, for the record. */
public final class AccessNotes {
    private static final String KEY = AccessNotes.class.getName();

    private @Nullable String rule;
    private Optional<String> policy = Optional.empty();
    private Optional<String> claims = Optional.empty();
    private @Nullable ChainName chain;
    private @Nullable String door;
    private boolean recorded;

    private AccessNotes() {}

    /** Those of this request. A request is answered by one thread at a time. */
    public static AccessNotes of(RoutingContext context) {
        AccessNotes notes = context.get(KEY);
        if (notes == null) {
            notes = new AccessNotes();
            context.put(KEY, notes);
        }
        return notes;
    }

    /** Notes the rule by which the door decided, the digest of the policy that has it, and what that reads of a token's claims. */
    public static void decidedBy(
            String rule, Optional<String> policy, Optional<String> claims, RoutingContext context) {
        AccessNotes notes = of(context);
        notes.rule = rule;
        notes.policy = policy;
        notes.claims = claims;
    }

    /** Notes the chain the request is about. Only a declared one: any other name is a text of the caller's. */
    public static void about(ChainName chain, RoutingContext context) {
        of(context).chain = chain;
    }

    /** Notes that the request has its leaf, or is about to get it, and not from the front door. */
    public static void recorded(RoutingContext context) {
        of(context).recorded = true;
    }

    /** Notes the declared path of the door that answers. */
    void answeredBy(String path) {
        door = path;
    }

    /** Empty where the request found none, or was refused before one was looked up. */
    public Optional<String> door() {
        return Optional.ofNullable(door);
    }

    public boolean isRecorded() {
        return recorded;
    }

    Optional<String> rule() {
        return Optional.ofNullable(rule);
    }

    Optional<String> policy() {
        return policy;
    }

    Optional<String> claims() {
        return claims;
    }

    Optional<ChainName> chain() {
        return Optional.ofNullable(chain);
    }
}
