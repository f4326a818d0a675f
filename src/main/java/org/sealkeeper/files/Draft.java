package org.sealkeeper.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file under a name of its own until it takes its real one. When the process ends, by a signal too, it is gone. */
final class Draft implements AutoCloseable {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private final Path path;
    private final Thread atEnd = new Thread(this::end);
    private boolean hasEnded;

    /** Chooses its name, and deletes what killed processes left of the same file. */
    Draft(Path target) throws IOException {
        Path folder = WholeFile.folder(target);
        String prefix = "." + target.getFileName() + ".draft-";
        deleteOrphans(folder, prefix);
        this.path = folder.resolve(prefix + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8));
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    Path path() {
        return path;
    }

    /** Makes it. Never once the process is ending: it would not be deleted. */
    synchronized FileChannel open(FileAttribute<?> permissions) throws IOException {
        if (hasEnded) {
            throw new IOException("the process is ending");
        }
        return FileChannel.open(path, NEW, permissions);
    }

    private synchronized void end() {
        hasEnded = true;
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // A disk that does not even delete: the next writer tries again.
        }
    }

    /** Deletes it, where it has not taken its real name. */
    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The process is ending: the hook does its work.
        }
        Files.deleteIfExists(path);
    }

    private static void deleteOrphans(Path folder, String prefix) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,18})-[0-9a-f]{8}");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches()
                        && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
