package org.sealkeeper.config;

import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** A disk is full, or failed. Nothing is wrong with what was named: the same may succeed later. */
public final class FileFault extends Fault {
    private static final long serialVersionUID = 1L;

    FileFault(String message, Throwable cause) {
        super(FaultKind.STORE_UNAVAILABLE, message, cause);
    }
}
