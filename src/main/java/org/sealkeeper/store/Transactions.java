package org.sealkeeper.store;

import java.sql.SQLException;
import java.util.Optional;

/** How a connection of the writer's begins and ends a transaction. */
interface Transactions {
    /** Of a connection that only reads. */
    Transactions NONE = new Transactions() {
        @Override
        public boolean begin(Rows rows) {
            throw new IllegalStateException("expected a connection that writes");
        }

        @Override
        public void commit(Rows rows) {
            throw new IllegalStateException("expected a connection that writes");
        }
    };

    /**
     * Takes the turn to write, until the commit and not a moment longer: commands of other processes write too.
     *
     * @return whether another connection may have written since this one's last transaction
     */
    boolean begin(Rows rows) throws SQLException;

    /** As {@link Rows#databaseRun}. */
    default Optional<String> databaseRun() {
        return Optional.empty();
    }

    /** Returns once what was written is on stable storage. */
    void commit(Rows rows) throws SQLException;
}
