package org.sealkeeper.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tables as one transaction sees them. Statements are prepared once for the life of the connection; arguments are
 * strings, integers, longs, byte arrays or null. What is to be {@link WriteBehind written behind} is written before any statement, so
 * that each sees all that was changed before it.
 */
public final class Rows implements AutoCloseable {
    private static final int SQLITE_CONSTRAINT = 19;
    /** The rest of an extended code says which constraint. */
    private static final int PRIMARY_CODE = 0xff;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<Class<?>, WriteBehind> behind = new LinkedHashMap<>();
    private final Transactions transactions;
    private boolean othersMayHaveWritten;
    private boolean inTransaction;
    private boolean isWritingBehind;

    /** Those that a connection which only reads sees. */
    Rows(Connection connection) {
        this(connection, Transactions.NONE);
    }

    Rows(Connection connection, Transactions transactions) {
        this.connection = connection;
        this.transactions = transactions;
    }

    /** Reads one row of a result into a value; must not move the cursor. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The first row, empty where there is none. */
    public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        writeBehind();
        try (ResultSet result = bind(sql, arguments).executeQuery()) {
            return result.next() ? Optional.of(reader.read(result)) : Optional.empty();
        }
    }

    /** All rows in the statement's order. */
    public <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        writeBehind();
        try (ResultSet result = bind(sql, arguments).executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        }
    }

    /** Whether a statement failed because a constraint of its table forbids it (SQLITE_CONSTRAINT; class 23 of SQLSTATE). */
    public static boolean isAgainstConstraint(SQLException failure) {
        String state = failure.getSQLState();
        return (failure.getErrorCode() & PRIMARY_CODE) == SQLITE_CONSTRAINT
                || (state != null && state.startsWith("23"));
    }

    /** Runs an INSERT, UPDATE or DELETE, and returns how many rows it touched. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        writeBehind();
        return bind(sql, arguments).executeUpdate();
    }

    /**
     * Runs an INSERT or UPDATE that touches one row, once for each list of arguments and all at once.
     *
     * @param expected what is to be there, for the message
     * @throws SQLException also if one of them touches no row: the whole transaction is void
     */
    public void updateEach(String expected, String sql, List<@Nullable Object[]> arguments) throws SQLException {
        writeBehind();
        if (arguments.isEmpty()) {
            return;
        }
        PreparedStatement statement = prepared(sql);
        for (@Nullable Object[] each : arguments) {
            bind(statement, each);
            statement.addBatch();
        }
        for (int touched : statement.executeBatch()) {
            if (touched != 1) {
                throw new SQLException("expected " + expected + ", found none");
            }
        }
    }

    /**
     * What the transactions of this connection have in common of a kind: the same in the next one, unless one fails, or something else
     * writes to the store that it does not {@link WriteBehind#outlivesOthers outlive}. Only within a transaction.
     *
     * @param first makes it, where there is none
     */
    public <T extends WriteBehind> T common(Class<T> kind, Work<T> first) throws SQLException {
        if (!inTransaction) {
            throw new IllegalStateException("expected a transaction that writes");
        }
        WriteBehind known = behind.get(kind);
        if (known == null) {
            known = first.run(this);
            behind.put(kind, known);
        }
        return kind.cast(known);
    }

    private void writeBehind() throws SQLException {
        if (isWritingBehind) {
            return;
        }
        isWritingBehind = true;
        for (WriteBehind unwritten : behind.values()) {
            unwritten.write(this);
        }
        isWritingBehind = false; // a failure voids the transaction, and with it this connection
    }

    private PreparedStatement bind(String sql, @Nullable Object[] arguments) throws SQLException {
        PreparedStatement statement = prepared(sql);
        bind(statement, arguments);
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    /** Whether another connection may have written since the transaction before; true in the first one of a connection. */
    public boolean othersMayHaveWritten() {
        return othersMayHaveWritten;
    }

    /**
     * Names the database of a server from one start of that server, or one restoring of it, to the next: another name may be that of a
     * copy that lacks what was committed. Empty where the store is a file. Only within a transaction.
     */
    public Optional<String> databaseRun() {
        return transactions.databaseRun();
    }

    /** Begins a transaction, in which no other connection writes. */
    void begin() throws SQLException {
        inTransaction = true;
        othersMayHaveWritten = transactions.begin(this);
        if (othersMayHaveWritten) {
            for (Iterator<WriteBehind> known = behind.values().iterator(); known.hasNext(); ) {
                if (!known.next().outlivesOthers(this)) {
                    known.remove();
                }
            }
        }
    }

    void commit() throws SQLException {
        writeBehind();
        transactions.commit(this);
        inTransaction = false;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            for (PreparedStatement statement : prepared.values()) {
                statement.close();
            }
        }
    }
}
