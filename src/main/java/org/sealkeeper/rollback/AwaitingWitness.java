package org.sealkeeper.rollback;

import java.util.Optional;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** No witness has cosigned since the appliance started. It passes as soon as one does. */
public final class AwaitingWitness extends Fault {
    private static final long serialVersionUID = 1L;

    AwaitingWitness() {
        super(
                FaultKind.STORE_UNAVAILABLE,
                "no block is signed before a witness of audit.yaml has cosigned the log, which shows that the store and the token "
                        + "were not turned back together; none has since the start, and the log says why",
                null);
    }

    @Override
    public Optional<String> code() {
        return Optional.of("awaiting-witness");
    }
}
