package org.sealkeeper.store;

import java.sql.SQLException;

/**
 * Rows that the works of one transaction change in memory, to be written together: many requests then cost few statements. It may also
 * know what it wrote in the transactions before; {@link Rows#common} says how long that is true.
 */
public interface WriteBehind {

    /** Writes what is not written yet. Called before any other statement of the transaction, and before its commit. */
    void write(Rows rows) throws SQLException;

    /**
     * Looks again at what others may have written to the store before this transaction; nothing is unwritten then.
     *
     * @return false if it is of no use any more, and to be made anew
     */
    default boolean outlivesOthers(Rows rows) throws SQLException {
        return false;
    }
}
