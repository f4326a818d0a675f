package org.sealkeeper.ledger.signing;

import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** The appliance is being stopped. Nothing was begun, so the caller may ask again. */
final class Stopping extends Fault {
    private static final long serialVersionUID = 1L;

    Stopping() {
        super(FaultKind.HSM_UNAVAILABLE, "the appliance is being stopped: the block was not claimed", null);
    }
}
