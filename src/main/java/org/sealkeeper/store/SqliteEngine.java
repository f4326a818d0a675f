package org.sealkeeper.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Folds the write-ahead log only when asked to: any other change to the database is found out ({@link StoreFile}). */
final class SqliteEngine implements Engine {
    /** Commits after which the write-ahead log is folded into the database: few enough for the log to stay in the page cache. */
    private static final int COMMITS_PER_FOLD = 64;

    private static final Set<SQLiteErrorCode> OF_THE_DISK = EnumSet.of(
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_CANTOPEN);

    private final Path path;
    private final StoreFile file;
    /** A command does not fold, and the appliance beside it may: to the command, a changed database is no sign of anything. */
    private volatile boolean isOfAppliance;

    private int commits;

    SqliteEngine(Path path) {
        this.path = path;
        this.file = new StoreFile(path);
    }

    @Override
    public Rows connect() throws SQLException {
        Connection connection = SqliteStore.dataSource(path, false).getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
        }
        file.opened();
        return new Rows(connection, new SqliteTransactions());
    }

    @Override
    public void ownedByAppliance() {
        isOfAppliance = true;
    }

    @Override
    public void requireUntouched() {
        if (isOfAppliance) {
            file.requireUntouched();
        } else {
            file.requireSame();
        }
    }

    @Override
    public void requireKept() {
        requireUntouched();
        file.logIsKept();
    }

    /**
     * Folds what of the write-ahead log no reader needs into the database (a passive checkpoint); what is in it is durable already. Then
     * forgets the pages read before: what another process wrote to the file meanwhile is to be seen by the next query.
     */
    @Override
    public void tidyUp(Rows rows) throws SQLException {
        if (isOfAppliance && ++commits % COMMITS_PER_FOLD == 0) {
            file.requireUntouched();
            rows.execute("PRAGMA wal_checkpoint(PASSIVE)");
            rows.execute("PRAGMA shrink_memory");
            file.folded();
        }
    }

    /** Nothing is known of it until a transaction looks again. */
    @Override
    public boolean isCommitted(Rows lost, SQLException failure) throws SQLException {
        throw failure;
    }

    @Override
    public boolean isItself(Exception failure) {
        return failure instanceof SQLiteException answer
                && OF_THE_DISK.contains(OpeningFailure.primary(answer.getResultCode()));
    }

    @Override
    public boolean mayPassAtOnce(Exception failure) {
        return false;
    }
}
