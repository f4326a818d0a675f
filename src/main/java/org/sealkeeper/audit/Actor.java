package org.sealkeeper.audit;

import java.util.Optional;
import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.TokenBearer;

/** The one that did something, and how that is known. */
public sealed interface Actor {

    /** The holder of a client certificate of one of our authorities, the bearer of a token of one of our issuers, or both in one. */
    record Caller(Optional<CallerId> certificate, Optional<TokenBearer> token) implements Actor {
        /** @throws IllegalArgumentException if there is neither */
        public Caller {
            if (certificate.isEmpty() && token.isEmpty()) {
                throw new IllegalArgumentException("expected a caller with a certificate or a token");
            }
        }

        /** The holder of a certificate. */
        public Caller(CallerId certificate) {
            this(Optional.of(certificate), Optional.empty());
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
            case Caller(var certificate, var token) ->
                token.isEmpty() ? "client-certificate" : certificate.isEmpty() ? "token" : "client-certificate+token";
            case Anonymous _ -> "none";
            case Operator _ -> "local-command";
            case Appliance _ -> "appliance";
        };
    }

    /** The same actor, whichever token it showed. */
    default Actor withoutTokenId() {
        return this instanceof Caller(var certificate, var token)
                ? new Caller(certificate, token.map(TokenBearer::withoutTokenId))
                : this;
    }
}
