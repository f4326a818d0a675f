package org.sealkeeper.cli.connection;

import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** Something listens at the management address of an appliance, but does not answer as an appliance does. */
public final class ManagementFault extends Fault {
    private static final long serialVersionUID = 1L;

    ManagementFault(String message, @Nullable Throwable cause) {
        super(FaultKind.HSM_UNAVAILABLE, message, cause);
    }
}
