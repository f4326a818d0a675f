package org.sealkeeper.audit;

import java.util.Optional;
import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.TokenBearer;

/** Who did it, and how we know. */
public sealed interface Actor {

    /** The holder of a client certificate of one of our authorities, the bearer of a token of one of our issuers, or who is both. */
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

    /** Somebody who proved nothing. */
    record Anonymous() implements Actor {}

    /** Whoever can run the appliance's commands on its machine. */
    record Operator() implements Actor {}

    /** The appliance itself. */
    record Appliance() implements Actor {}

    /** How we know, as leaves say it. */
    default String authentication() {
        return switch (this) {
            case Caller(var certificate, var token) ->
                token.isEmpty() ? "client-certificate" : certificate.isEmpty() ? "token" : "client-certificate+token";
            case Anonymous _ -> "none";
            case Operator _ -> "local-command";
            case Appliance _ -> "appliance";
        };
    }

    /** Whoever it is, by whichever of his tokens. */
    default Actor withoutTokenId() {
        return this instanceof Caller(var certificate, var token)
                ? new Caller(certificate, token.map(TokenBearer::withoutTokenId))
                : this;
    }
}
