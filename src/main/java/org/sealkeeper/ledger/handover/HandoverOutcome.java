package org.sealkeeper.ledger.handover;

import java.util.List;
import org.sealkeeper.config.ConfigurationFault;

/**
 * What becomes of chains that are to be closed or opened: it is done to all, or to none. A transaction gives it, since what is thrown in one is a
 * fault of the store.
 */
public sealed interface HandoverOutcome<T> {
    /** It is true of all of them, once the transaction is durable. */
    record Done<T>(List<T> chains) implements HandoverOutcome<T> {
        public Done {
            chains = List.copyOf(chains);
        }
    }

    /** Nothing was changed. */
    record Refused<T>(String reason) implements HandoverOutcome<T> {}

    /**
     * The chains.
     *
     * @throws ConfigurationFault if it was refused
     */
    default List<T> chains() {
        return switch (this) {
            case Done<T>(var chains) -> chains;
            case Refused<T>(var reason) -> throw new ConfigurationFault(reason);
        };
    }
}
