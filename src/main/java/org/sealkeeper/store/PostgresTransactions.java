package org.sealkeeper.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * One transaction at a time in the whole database: each takes the next turn in a row that it locks until its commit. So there are no
 * deadlocks, and each sees all that was committed before. The turn also tells what became of a commit whose answer was lost.
 *
 * <p>Standard SQL, which CockroachDB and YugabyteDB take as well; tried on PostgreSQL alone.
 */
final class PostgresTransactions implements Transactions {
    private static final long NO_TURN = -1;

    private final Connection connection;
    /** Names this connection and no other. */
    private final String holder = UUID.randomUUID().toString();

    private long turn = NO_TURN;

    /** @param connection does not commit by itself */
    PostgresTransactions(Connection connection) {
        this.connection = connection;
    }

    @Override
    public boolean begin(Rows rows) throws SQLException {
        long before = turn;
        turn = rows.first(
                        "UPDATE writer_turn SET turn = turn + 1, holder = ? WHERE id = 1 RETURNING turn",
                        row -> row.getLong(1),
                        holder)
                .orElseThrow(() -> new SQLException("expected the row of writer_turn, found none"));
        return before == NO_TURN || turn != before + 1;
    }

    @Override
    public void commit(Rows rows) throws SQLException {
        connection.commit();
    }

    /** What became of the transaction that was begun last. */
    enum Ending {
        COMMITTED,
        /** Nothing of it is recorded. */
        ROLLED_BACK,
        /** Others took turns since: after it, or in its place. */
        UNKNOWN
    }

    /** Tells it by the row of the turn, on another connection, once the server has ended the transaction. */
    Ending ending(ResultSet row) throws SQLException {
        long found = row.getLong("turn");
        if (found > turn) {
            return Ending.UNKNOWN;
        }
        return found == turn && row.getString("holder").equals(holder) ? Ending.COMMITTED : Ending.ROLLED_BACK;
    }
}
