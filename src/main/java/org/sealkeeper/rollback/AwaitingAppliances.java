package org.sealkeeper.rollback;

import java.util.Optional;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** Another appliance of the database has not shown itself yet. It passes as soon as it does, or is retired. */
public final class AwaitingAppliances extends Fault {
    private static final long serialVersionUID = 1L;

    AwaitingAppliances(String what) {
        super(
                FaultKind.STORE_UNAVAILABLE,
                "this appliance signs no block before " + what
                        + ". Start what is stopped; where one never comes back, see 'sealkeeper store retire --help'",
                null);
    }

    @Override
    public Optional<String> code() {
        return Optional.of("awaiting-appliances");
    }
}
