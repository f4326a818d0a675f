package org.sealkeeper.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Finds why a store did not open: what may pass is a {@link StoreFault}, what is no store of ours a ConfigurationFault. */
final class OpeningFailure {
    private OpeningFailure() {}

    /**
     * What to throw.
     *
     * @param failure what SQLite or the migrations said; their texts are many lines long, so they are its cause alone
     */
    static RuntimeException of(Path file, Throwable failure) {
        if (cause(failure, NativeLibraryNotFoundException.class) != null) {
            return passing(
                    file,
                    "SQLite's native library could not be unpacked into " + System.getProperty("java.io.tmpdir")
                            + ", which must be writable, have room, and not be mounted noexec; make room, or start this"
                            + " with the scripts of deployment/, which need nothing of it",
                    failure);
        }
        SQLiteException answer = cause(failure, SQLiteException.class);
        SQLiteErrorCode code = answer == null ? SQLiteErrorCode.SQLITE_ERROR : primary(answer.getResultCode());
        return switch (code) {
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH -> notWritable(file, failure);
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                passing(file, "another process keeps it locked; end that one first", failure);
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM, SQLITE_NOLFS ->
                passing(
                        file,
                        "its disk is full or failed, with " + free(file)
                                + " bytes free; make room, or see the system's log",
                        failure);
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                new ConfigurationFault(
                        file + ": expected a store, found a file that is none, or is damaged (" + code.name()
                                + "); find out what happened to it before you restore a backup",
                        failure);
            default -> foreign(file, failure);
        };
    }

    /**
     * What to throw where a store's file, or its lock, could not be looked at or opened.
     *
     * @param file the store's
     */
    static RuntimeException ofFile(Path file, IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> missing(file);
            case AccessDeniedException _ -> notWritable(file, failure);
            default -> FileFailure.unwritable(file, failure);
        };
    }

    static ConfigurationFault missing(Path file) {
        return new ConfigurationFault(
                file + ": expected a store, found none. If this appliance has never signed, create "
                        + "one with 'sealkeeper store init'; otherwise find out where the store went before you go on");
    }

    /** A database that is not ours, or was made by a newer version. */
    static ConfigurationFault foreign(Path file, Throwable failure) {
        return new ConfigurationFault(
                file + ": not a store of this version: expected the tables of this or an earlier one, found others ("
                        + firstLine(failure)
                        + "); name another file in appliance.yaml, or start the version that wrote it",
                failure);
    }

    /** Checked before SQLite is asked, where that is possible: SQLite opens what it cannot write, and fails later. */
    static StoreFault notWritable(Path file, @Nullable Throwable failure) {
        return passing(
                file,
                "it, its folder and the locks beside it must be writable; it belongs to " + owner(file)
                        + ", this process runs as " + System.getProperty("user.name")
                        + ", and its disk may be mounted read-only; run this as its owner, or correct the owner",
                failure);
    }

    private static StoreFault passing(Path file, String why, @Nullable Throwable failure) {
        return new StoreFault(file + ": the store cannot be opened now: " + why, failure);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }

    /** Extended codes have theirs in the low byte (sqlite.org/rescode.html). */
    static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & 0xff);
    }

    private static String free(Path file) {
        try {
            return Long.toString(Files.getFileStore(file).getUsableSpace());
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String owner(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException e) {
            return "an unknown user";
        }
    }
}
