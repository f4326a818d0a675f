package org.sealkeeper.keys;

import java.util.Optional;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;
import org.sealkeeper.kernel.KeyAlias;

/** No version of a key signs now: it was suspended, deactivated or marked as compromised. Nothing was begun. */
public final class InactiveKey extends Fault {
    private static final long serialVersionUID = 1L;

    InactiveKey(KeyAlias alias) {
        super(
                FaultKind.HSM_UNAVAILABLE,
                "no version of the key '" + alias
                        + "' is active; 'sealkeeper keys rotate' makes one, or 'sealkeeper keys"
                        + " change-state' has one sign again",
                null);
    }

    @Override
    public Optional<String> code() {
        return Optional.of("key-inactive");
    }
}
