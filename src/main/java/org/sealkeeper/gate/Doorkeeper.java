package org.sealkeeper.gate;

import io.vertx.ext.web.RoutingContext;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.http.access.AccessNotes;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.policy.PolicyOperation;

/** Decides about the caller of a request, and notes what decided for the request's record. */
public final class Doorkeeper {
    private final Decisions decisions;

    public Doorkeeper(Decisions decisions) {
        this.decisions = decisions;
    }

    /** Whether the caller may read this declared chain. */
    public boolean letsReadChain(ChainName chain, RoutingContext context) {
        AccessNotes.about(chain, context);
        return noted(decisions.decide(RequestCaller.of(context), PolicyOperation.READ_CHAIN, chain), context);
    }

    /** As {@link #letsReadChain}, for lists: one chain of many decides nothing about the request. */
    public boolean wouldLetReadChain(ChainName chain, RoutingContext context) {
        return decisions
                .decide(RequestCaller.of(context), PolicyOperation.READ_CHAIN, chain)
                .isAllowed();
    }

    public boolean letsReadKeys(RoutingContext context) {
        return lets(PolicyOperation.READ_KEYS, context);
    }

    public boolean letsVerifySignature(RoutingContext context) {
        return lets(PolicyOperation.VERIFY_SIGNATURE, context);
    }

    public boolean letsReadAuditLog(RoutingContext context) {
        return lets(PolicyOperation.READ_AUDIT_LOG, context);
    }

    /** Whether the caller may do this, for pages that show what it may do: nothing is decided about the request. */
    public boolean wouldLet(PolicyOperation operation, RoutingContext context) {
        return decisions.decide(RequestCaller.of(context), operation).isAllowed();
    }

    /** What decides whether the caller may do this, for what is recorded with it. */
    public Decision decide(PolicyOperation operation, RoutingContext context) {
        Decision decision = decisions.decide(RequestCaller.of(context), operation);
        boolean _ = noted(decision, context);
        return decision;
    }

    /** Whether the caller may do this to the appliance as a whole. */
    public boolean lets(PolicyOperation operation, RoutingContext context) {
        return noted(decisions.decide(RequestCaller.of(context), operation), context);
    }

    private static boolean noted(Decision decision, RoutingContext context) {
        AccessNotes.decidedBy(decision.rule(), decision.policy(), decision.claims(), context);
        return decision.isAllowed();
    }
}
