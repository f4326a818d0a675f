package org.sealkeeper.sealing;

import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** The appliance could not be asked, or its answer is not of the documented form. */
public final class ApplianceFault extends Fault {
    private static final long serialVersionUID = 1L;

    ApplianceFault(String message, @Nullable Throwable cause) {
        super(FaultKind.HSM_UNAVAILABLE, message, cause);
    }
}
