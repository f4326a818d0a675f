package org.sealkeeper.store;

import java.sql.SQLException;

/** What the writer asks of its database, beside statements. Used by the writer's thread alone. */
interface Engine {

    /** Opens a connection that writes. */
    Rows connect() throws SQLException;

    /**
     * Looks at the database before a transaction.
     *
     * @throws WritingStopped if it is not the one any more that was written last
     */
    void requireUntouched();

    /** This is the store of the appliance: no other process tidies it up from now on. By any thread. */
    void ownedByAppliance();

    /** As above, right after a commit. */
    void requireKept();

    /** Does, after a commit, what keeps the database fast. If it fails, it is done again after a later one. */
    void tidyUp(Rows rows) throws SQLException;

    /**
     * Finds out what became of a commit that failed.
     *
     * @return true where it is on stable storage all the same
     * @throws SQLException where nothing of it is recorded, or that is not known
     */
    boolean isCommitted(Rows lost, SQLException failure) throws SQLException;

    /** Whether the database failed, and no work: other works would fail alike. */
    boolean isItself(Exception failure);

    /** Whether the same may succeed at once, on a new connection; nothing of it is recorded. By any thread. */
    boolean mayPassAtOnce(Exception failure);
}
