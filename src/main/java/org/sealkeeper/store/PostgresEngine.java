package org.sealkeeper.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The writer's side of a PostgreSQL database. */
final class PostgresEngine implements Engine {
    private final PostgresConnections connections;
    /** Of the connection that was opened last. */
    private @Nullable PostgresTransactions transactions;

    PostgresEngine(PostgresConnections connections) {
        this.connections = connections;
    }

    @Override
    public Rows connect() throws SQLException {
        Connection connection = connections.openForWriting();
        try {
            PostgresTransactions own = PostgresTransactions.of(connection);
            transactions = own;
            return new Rows(connection, own);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Whoever else writes takes a turn; what is in the tables is compared in each transaction. */
    @Override
    public void ownedByAppliance() {}

    @Override
    public void requireUntouched() {}

    @Override
    public void requireKept() {}

    @Override
    public void tidyUp(Rows rows) {}

    /**
     * Reads the turn back on another connection. To lock its row waits until the server has ended the transaction in question, where that is
     * still under way.
     */
    @Override
    public boolean isCommitted(Rows lost, SQLException failure) throws SQLException {
        PostgresTransactions own = transactions;
        if (own == null || !PostgresFailure.isOfConnection(failure)) {
            throw failure;
        }
        PostgresTransactions.Ending ending;
        try (Connection connection = connections.openForWriting();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT turn, holder FROM writer_turn WHERE id = 1 FOR UPDATE")) {
            ending = row.next() ? own.ending(row) : PostgresTransactions.Ending.UNKNOWN;
        } catch (SQLException away) {
            failure.addSuppressed(away);
            ending = PostgresTransactions.Ending.UNKNOWN;
        }
        return switch (ending) {
            case COMMITTED -> true;
            case ROLLED_BACK -> throw failure;
            case UNKNOWN ->
                throw new SQLException(
                        "it is not known whether it was recorded: " + failure.getMessage(),
                        PostgresFailure.UNKNOWN,
                        failure);
        };
    }

    @Override
    public boolean isItself(Exception failure) {
        return failure instanceof SQLException answer && PostgresFailure.isOfServer(answer);
    }

    @Override
    public boolean mayPassAtOnce(Exception failure) {
        return failure instanceof SQLException answer && PostgresFailure.mayPassAtOnce(answer);
    }
}
