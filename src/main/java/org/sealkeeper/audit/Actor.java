package org.sealkeeper.audit;

import org.sealkeeper.identity.Caller;

/** The one that did something, and how that is known. */
public sealed interface Actor {

    /** The holder of a client certificate of one of our authorities, the bearer of a token of one of our issuers, or both in one. */
    record Identified(Caller caller) implements Actor {
        /** Its claims are kept by the decision, as far as that read them. */
        public Identified {
            caller = caller.withoutClaims();
        }
    }

    /** A caller that proved nothing. */
    record Anonymous() implements Actor {}

    /** A user that can run the appliance's commands on its machine. */
    record Operator() implements Actor {}

    /** The appliance itself. */
    record Appliance() implements Actor {}

    /** How the actor is known, as leaves say it. */
    default String authentication() {
        return switch (this) {
            case Identified(Caller(var certificate, var token)) ->
                token.isEmpty() ? "client-certificate" : certificate.isEmpty() ? "token" : "client-certificate+token";
            case Anonymous _ -> "none";
            case Operator _ -> "local-command";
            case Appliance _ -> "appliance";
        };
    }

    /** The same actor, whichever token it showed. */
    default Actor withoutTokenId() {
        return this instanceof Identified(var caller) ? new Identified(caller.withoutTokenId()) : this;
    }
}
