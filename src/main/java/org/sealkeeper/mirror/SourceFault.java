package org.sealkeeper.mirror;

import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** The log's server, or the folder of its mirror, could not be read or written. It says nothing about the log. */
public final class SourceFault extends Fault {
    private static final long serialVersionUID = 1L;

    public SourceFault(String message, @Nullable Throwable cause) {
        super(FaultKind.STORE_UNAVAILABLE, message, cause);
    }
}
