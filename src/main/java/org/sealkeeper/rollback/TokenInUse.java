package org.sealkeeper.rollback;

import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** Another appliance holds the lease of the token's keys, or takes it at this moment. */
final class TokenInUse extends Fault {
    private static final long serialVersionUID = 1L;

    private final boolean isOfSlowToken;

    private TokenInUse(String what, boolean isOfSlowToken) {
        super(
                FaultKind.HSM_UNAVAILABLE,
                what
                        + ". One appliance signs with a token's keys at a time: stop the other one, or leave this one stopped",
                null);
        this.isOfSlowToken = isOfSlowToken;
    }

    /** Another appliance has the keys. */
    TokenInUse(String what) {
        this(what, false);
    }

    /** To take the keys took so long that another appliance may have taken them meanwhile. */
    static TokenInUse ofSlowToken() {
        return new TokenInUse(
                "to take the lease of the token's keys took too long to be sure that no other appliance did", true);
    }

    /** Whether no other appliance was seen: trying again, from the first look on, may find the token quicker. */
    boolean isOfSlowToken() {
        return isOfSlowToken;
    }
}
