package org.sealkeeper.store;

import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** The store could not write or read. */
public final class StoreFault extends Fault {
    private static final long serialVersionUID = 1L;

    public StoreFault(String message, @Nullable Throwable cause) {
        super(FaultKind.STORE_UNAVAILABLE, message, cause);
    }
}
