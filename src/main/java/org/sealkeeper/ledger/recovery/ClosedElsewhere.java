package org.sealkeeper.ledger.recovery;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Handover;
import org.sealkeeper.ledger.HandoverTable;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/**
 * Chains of which a mirror shows that they were handed over. A store that forgot it would have them signed here again, beside the appliance that
 * has them now.
 *
 * @param handovers the number of the last handover of each
 */
public record ClosedElsewhere(Map<ChainName, Long> handovers) {

    /**
     * Makes sure that each is closed in the store, too, or not declared.
     *
     * @throws ConfigurationFault naming those that are open
     */
    public void requireClosedHere(Set<ChainName> declared, Store store) {
        var open = new TreeSet<>(handovers.keySet());
        open.retainAll(declared);
        open.removeIf(chain -> store.read(rows -> isClosed(chain, rows)));
        if (!open.isEmpty()) {
            throw new ConfigurationFault("expected no chain in chains.yaml that was handed over, found "
                    + open.stream().map(ChainName::value).collect(Collectors.joining(", "))
                    + ": the mirror shows its handover, the store does not; take it out of chains.yaml, for it would be open "
                    + "here again");
        }
    }

    private boolean isClosed(ChainName chain, Rows rows) throws SQLException {
        return new HandoverTable(rows)
                .last(chain)
                .filter(Handover::isAway)
                .filter(last -> last.number() >= handovers.getOrDefault(chain, Long.MAX_VALUE))
                .isPresent();
    }
}
