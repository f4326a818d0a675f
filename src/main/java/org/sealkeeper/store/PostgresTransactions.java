package org.sealkeeper.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * One transaction at a time in the whole database: each takes the next turn in a row that it locks until its commit. So there are no
 * deadlocks, and each sees all that was committed before. The turn also tells what became of a commit whose answer was lost.
 *
 * <p>Standard SQL but for the name of a run; tried on PostgreSQL alone.
 */
final class PostgresTransactions implements Transactions {
    private static final long NO_TURN = -1;

    private final Connection connection;
    /** Names this connection and no other. */
    private final String holder = UUID.randomUUID().toString();

    private final String databaseRun;
    private long turn = NO_TURN;

    private PostgresTransactions(Connection connection, String databaseRun) {
        this.connection = connection;
        this.databaseRun = databaseRun;
    }

    /**
     * Those of a connection. It ends with its server, so the run stays the same: the start of the server, and the number it gave the table of
     * turns when that was made or restored.
     *
     * @param connection does not commit by itself
     */
    static PostgresTransactions of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                        || ' ' || CAST(CAST('writer_turn' AS regclass) AS oid)""")) {
            row.next();
            var transactions = new PostgresTransactions(connection, row.getString(1));
            connection.rollback();
            return transactions;
        }
    }

    @Override
    public Optional<String> databaseRun() {
        return Optional.of(databaseRun);
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
