package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;

/** What people do to the files of a store. None of it opens them in a way that an appliance would notice by itself. */
public final class StoreFiles {
    private static final int FIRST_LOCK = 120;
    private static final int WRITE_AND_CHECKPOINT = 2;

    private final Path folder;
    private final Path database;

    public StoreFiles(Home home) {
        this.folder = home.store();
        this.database = folder.resolve("sealkeeper.db");
    }

    /** An online backup, as {@code sqlite3 sealkeeper.db ".backup FILE"} makes it. */
    public void backUp(Path to) {
        run("backup to '" + to + "'");
    }

    /** {@code sqlite3 sealkeeper.db ".restore FILE"}. */
    public void restore(Path from) {
        run("restore from '" + from + "'");
    }

    /**
     * Whether the writer, which is stopped, is in the middle of a transaction, or of folding the log into the database: what is on disk
     * then is not all there is, or not all of one moment. SQLite locks a byte of the -shm file for either (walformat, 2.3.1).
     */
    public boolean isWriting() {
        Path shared = folder.resolve("sealkeeper.db-shm");
        try (var file = FileChannel.open(shared, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = file.tryLock(FIRST_LOCK, WRITE_AND_CHECKPOINT, false)) {
            return lock == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String statement) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code cp FILE sealkeeper.db}: the same file, with other bytes. */
    public void overwrite(Path from) {
        io(() -> Files.write(database, Files.readAllBytes(from), StandardOpenOption.TRUNCATE_EXISTING));
    }

    /** {@code mv FILE sealkeeper.db}: another file. */
    public void replace(Path from) {
        io(() -> {
            Path draft = folder.resolve("draft");
            Files.copy(from, draft);
            return Files.move(draft, database, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** {@code rm store/*}. */
    public void remove() {
        io(() -> {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            return folder;
        });
    }

    /** {@code truncate -s 0 sealkeeper.db}. */
    public void truncate() {
        io(() -> {
            try (var file = Files.newByteChannel(database, StandardOpenOption.WRITE)) {
                return file.truncate(0);
            }
        });
    }

    /** Everything there is, as it is on disk at this moment: what a crash would leave. Its writer must be stopped. */
    public void copyTo(Path target) {
        io(() -> {
            Files.createDirectories(target);
            clear(target);
            copy(folder, target);
            return target;
        });
    }

    /** Brings back what {@link #copyTo} kept. Its writer must have ended. */
    public void bringBack(Path from) {
        io(() -> {
            clear(folder);
            copy(from, folder);
            return from;
        });
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                // The shared memory is of a process that lives no more.
                if (!file.toString().endsWith("-shm")) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
            }
        }
    }

    private interface FileWork {
        Object run() throws IOException;
    }

    private static void io(FileWork work) {
        try {
            Object _ = work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
