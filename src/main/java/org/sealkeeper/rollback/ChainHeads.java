package org.sealkeeper.rollback;

import java.sql.SQLException;
import java.util.SortedMap;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.store.Rows;

/** Reads the highest claimed block of the chains, as a transaction sees them. */
@FunctionalInterface
public interface ChainHeads {
    /** Before every move. */
    long NO_MOVE = -1;

    /**
     * Some heads.
     *
     * @param heads by the name of their chain
     * @param lastMove the number of the last move there is; a later one has a higher number
     */
    record Moved(SortedMap<ChainName, RememberedHead> heads, long lastMove) {}

    /** The heads that were moved after this move. */
    Moved after(long move, Rows rows) throws SQLException;

    /** The heads of every chain of which a block was ever claimed. */
    default Moved all(Rows rows) throws SQLException {
        return after(NO_MOVE, rows);
    }
}
