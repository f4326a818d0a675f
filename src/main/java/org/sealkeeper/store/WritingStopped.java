package org.sealkeeper.store;

import java.util.Optional;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/**
 * The store is not what this appliance wrote, or no longer its own: what it forgot may be blocks that were signed. Nothing is written
 * to it, and so nothing is signed, until an operator has settled it and started the appliance again.
 */
public final class WritingStopped extends Fault {
    private static final long serialVersionUID = 1L;

    private final StopReason reason;

    /** @param message what was expected and found, and what to do next */
    public WritingStopped(StopReason reason, String message) {
        super(FaultKind.STORE_UNAVAILABLE, "nothing will be signed, " + reason.code() + ": " + message, null);
        this.reason = reason;
    }

    public StopReason reason() {
        return reason;
    }

    @Override
    public Optional<String> code() {
        return Optional.of(reason.code());
    }
}
