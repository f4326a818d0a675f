package org.sealkeeper.cli;

import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** A disk is full, or failed. */
final class FileFault extends Fault {
    private static final long serialVersionUID = 1L;

    FileFault(String message, Throwable cause) {
        super(FaultKind.STORE_UNAVAILABLE, message, cause);
    }
}
