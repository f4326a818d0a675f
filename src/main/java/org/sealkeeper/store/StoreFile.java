package org.sealkeeper.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the files at a store's path are those that are open. A process that has a file open can go on writing to it after it was
 * deleted or replaced, and what it writes is then lost with the process.
 *
 * <p>Only its attributes are looked at. To open the file, as anything but SQLite, would drop SQLite's locks when it is closed again
 * (POSIX locks are the process's).
 */
final class StoreFile {
    private final Path database;
    private final Path log;
    private final Object identity;
    /** The database's size and time of change after the last write that was ours; its other writers are not. */
    private @Nullable Stamp stamp;
    /** Which file the write-ahead log is; null before the first commit of a connection. */
    private @Nullable Object logIdentity;

    private record Stamp(long size, FileTime changed) {
        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(attributes.size(), attributes.lastModifiedTime());
        }
    }

    StoreFile(Path database) {
        this.database = database;
        this.log = database.resolveSibling(database.getFileName() + "-wal");
        this.identity = key(attributes(database));
    }

    /** A connection was opened, which may have folded an old write-ahead log into the database. */
    void opened() {
        stamp = Stamp.of(requireSameFile());
        logIdentity = null;
    }

    /** This process wrote to the database itself. */
    void folded() {
        stamp = Stamp.of(requireSameFile());
    }

    /** @throws WritingStopped if one of the files is gone, or another one, or was written to by another process */
    void requireUntouched() {
        requireSame();
        Stamp now = Stamp.of(requireSameFile());
        if (!now.equals(stamp)) {
            throw new WritingStopped(
                    StopReason.STORE_REPLACED,
                    database
                            + " was written to by another program while the appliance had it open. Stop the appliance, "
                            + "and bring the newest store back before you start it again");
        }
    }

    /** @throws WritingStopped if one of the files is gone, or another one */
    void requireSame() {
        BasicFileAttributes _ = requireSameFile();
        if (logIdentity != null) {
            BasicFileAttributes _ = requireSame(log, logIdentity, attributes(log));
        }
    }

    /** Right after a commit: from now on the write-ahead log is there. */
    void logIsKept() {
        if (logIdentity == null) {
            logIdentity = key(attributes(log));
        }
    }

    private BasicFileAttributes requireSameFile() {
        return requireSame(database, identity, attributes(database));
    }

    private static BasicFileAttributes requireSame(Path path, Object expected, BasicFileAttributes found) {
        if (!key(found).equals(expected)) {
            throw new WritingStopped(
                    StopReason.STORE_REPLACED,
                    path
                            + " is another file than the appliance has open. Stop the appliance, and bring the newest store "
                            + "back before you start it again");
        }
        return found;
    }

    private static Object key(BasicFileAttributes attributes) {
        return Objects.requireNonNull(attributes.fileKey(), "expected a file system whose files have an identity");
    }

    private static BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new WritingStopped(
                    StopReason.STORE_GONE,
                    path
                            + " is gone. What was signed is still in the open file, and lost when the appliance ends: copy "
                            + "it first if you can, then bring the newest store back");
        } catch (IOException e) {
            throw new StoreFault(path + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    /** Names this file on this machine, for as long as the machine runs; a copy of it has another name. */
    static Optional<String> placeOf(Path database) {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return Optional.of(boot + " " + key(attributes(database)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
