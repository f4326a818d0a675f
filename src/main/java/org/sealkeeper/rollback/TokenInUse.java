package org.sealkeeper.rollback;

import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** Another appliance holds the lease of the token's keys, or takes it at this moment. */
final class TokenInUse extends Fault {
    private static final long serialVersionUID = 1L;

    TokenInUse(String what) {
        super(
                FaultKind.HSM_UNAVAILABLE,
                what
                        + ". One appliance signs with a token's keys at a time: stop the other one, or leave this one stopped",
                null);
    }
}
