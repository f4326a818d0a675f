package org.sealkeeper.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is written whole or not at all. It is drafted in the same folder, readable by its owner alone, made durable, and
 * only then takes its name. The draft is deleted on every failure and on a signal; what {@code kill -9} leaves, the next writer
 * of the file deletes.
 */
public final class WholeFile {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> ALL = PosixFilePermissions.fromString("rw-r--r--");

    private WholeFile() {}

    /** Writes what a file is to hold. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; the stream is closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file only its owner can read, in the place of an older one. What is no regular file, such as a device or a pipe, is
     * written straight to; where there is a symbolic link, its target is replaced.
     *
     * @throws IOException if that fails: the older file is as it was
     */
    public static void write(Path file, Content content) throws IOException {
        write(file, content, OWNER);
    }

    /** As {@link #write}, for files that hold no secret: every user can read them. */
    public static void publish(Path file, Content content) throws IOException {
        write(file, content, ALL);
    }

    private static void write(Path file, Content content, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            return;
        }
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        try (var draft = new Draft(target)) {
            try (FileChannel channel = draft.open(PosixFilePermissions.asFileAttribute(OWNER))) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.setPosixFilePermissions(draft.path(), permissions);
            Files.move(draft.path(), target, StandardCopyOption.ATOMIC_MOVE);
        }
        makeDurable(folder(target));
    }

    /** The new name is in the folder. If we crash before this, it may be missing, or still name the older file. */
    private static void makeDurable(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path folder(Path file) throws NoSuchFileException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new NoSuchFileException(file.toString(), null, "expected the path of a file");
        }
        return folder;
    }
}
