package org.sealkeeper.store;

import io.agroal.api.AgroalDataSource;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A store in a database of SQL: one writer, and readers beside it. */
final class DatabaseStore implements Store {
    private final AgroalDataSource readers;
    private final GroupCommit writer;
    private final Engine engine;
    private final Supplier<Optional<String>> place;

    DatabaseStore(AgroalDataSource readers, Engine engine, Supplier<Optional<String>> place) {
        this.readers = readers;
        this.engine = engine;
        this.writer = new GroupCommit(engine);
        this.place = place;
    }

    @Override
    public <T> CompletionStage<T> write(Work<T> work) {
        return writer.submit(work);
    }

    @Override
    public void guard(CommitGuard guard) {
        writer.guard(guard);
    }

    @Override
    public void stopWriting(WritingStopped why) {
        writer.stop(why);
    }

    @Override
    public Optional<WritingStopped> whyStopped() {
        return writer.whyStopped();
    }

    @Override
    public void whenStopped(Consumer<WritingStopped> listener) {
        writer.whenStopped(listener);
    }

    @Override
    public Optional<String> place() {
        return place.get();
    }

    /** Once more on another connection where the first was lost: what is idle dies with its server. */
    @Override
    public <T> T read(Work<T> query) {
        try {
            return readOnce(query);
        } catch (SQLException lost) {
            if (!engine.mayPassAtOnce(lost)) {
                throw unreadable(lost);
            }
        }
        try {
            return readOnce(query);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private <T> T readOnce(Work<T> query) throws SQLException {
        try (Rows rows = new Rows(readers.getConnection())) {
            return query.run(rows);
        }
    }

    private static StoreFault unreadable(SQLException failure) {
        return new StoreFault("the store could not be read: " + failure.getMessage(), failure);
    }

    /** A reader cannot fold SQLite's write-ahead log into the file, and the last to close must: a copy of the file made then has all. */
    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}
