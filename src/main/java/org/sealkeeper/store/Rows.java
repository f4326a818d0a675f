package org.sealkeeper.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tables as one transaction sees them. Statements are prepared once for the life of the connection; arguments are
 * strings, integers, longs, byte arrays or null.
 */
public final class Rows implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private Optional<Long> version = Optional.empty();

    Rows(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row of a result into a value; must not move the cursor. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The first row, empty where there is none. */
    public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (ResultSet result = bind(sql, arguments).executeQuery()) {
            return result.next() ? Optional.of(reader.read(result)) : Optional.empty();
        }
    }

    /** All rows in the statement's order. */
    public <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (ResultSet result = bind(sql, arguments).executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        }
    }

    /** Runs an INSERT, UPDATE or DELETE, and returns how many rows it touched. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    private PreparedStatement bind(String sql, @Nullable Object[] arguments) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    /**
     * Whether another connection may have written since this was asked last; true the first time. To be asked inside a transaction
     * (SQLite: PRAGMA data_version, which its own commits do not change).
     */
    public boolean othersMayHaveWritten() throws SQLException {
        Optional<Long> before = version;
        version = first("PRAGMA data_version", row -> row.getLong(1));
        return !version.equals(before);
    }

    /**
     * Takes the write lock, until {@link #commit()} and not a moment longer: commands of other processes write too. Not the
     * driver's own transactions, which take the lock of the next one as soon as they end.
     */
    void begin() throws SQLException {
        execute("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        execute("COMMIT");
    }

    /**
     * Folds what of the write-ahead log no reader needs into the database (SQLite: a passive checkpoint). Then forgets the pages read
     * before: what another process wrote to the file meanwhile is to be seen by the next query.
     */
    void fold() throws SQLException {
        execute("PRAGMA wal_checkpoint(PASSIVE)");
        execute("PRAGMA shrink_memory");
    }

    private void execute(String sql) throws SQLException {
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
