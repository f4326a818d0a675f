package org.sealkeeper.rollback;

import java.util.Optional;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** The token did not remember what was written to the store. Nothing leaves the appliance until it does. */
public final class TokenForgetful extends Fault {
    private static final long serialVersionUID = 1L;

    TokenForgetful(Throwable cause) {
        super(
                FaultKind.HSM_UNAVAILABLE,
                "the token cannot remember what is signed, so nothing is: " + cause.getMessage(),
                cause);
    }

    @Override
    public Optional<String> code() {
        return Optional.of("token-cannot-remember");
    }
}
