package org.sealkeeper.audit;

import org.sealkeeper.kernel.CallerId;

/** Who did it, and how we know. */
public sealed interface Actor {

    /** The holder of a client certificate of one of our authorities. */
    record Caller(CallerId id) implements Actor {}

    /** Somebody who proved nothing. */
    record Anonymous() implements Actor {}

    /** Whoever can run the appliance's commands on its machine. */
    record Operator() implements Actor {}

    /** The appliance itself. */
    record Appliance() implements Actor {}

    /** How we know, as leaves say it. */
    default String authentication() {
        return switch (this) {
            case Caller _ -> "client-certificate";
            case Anonymous _ -> "none";
            case Operator _ -> "local-command";
            case Appliance _ -> "appliance";
        };
    }
}
