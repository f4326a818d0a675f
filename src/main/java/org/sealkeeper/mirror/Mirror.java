package org.sealkeeper.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sealkeeper.files.WholeFile;

/**
 * The folder of a log's copy, laid out as the log's URLs are, so that any web server can serve it. Files appear whole or not
 * at all.
 */
public final class Mirror {
    private static final Pattern DRAFT = Pattern.compile("\\.(.+\\.)?draft-.+");

    private final Path folder;
    private final FolderSource source;

    public Mirror(Path folder) {
        this.folder = folder;
        this.source = new FolderSource(folder);
    }

    Optional<byte[]> find(LogFile file) {
        return source.find(file);
    }

    LogSource source() {
        return source;
    }

    /** Remembers the checkpoint of a log that was found valid, for the next time. */
    public static void remember(Path seen, SignedCheckpoint checkpoint) {
        Path folder = seen.toAbsolutePath().getParent();
        if (folder == null || seen.getFileName() == null) {
            throw new SourceFault(seen + ": expected the path of a file", null);
        }
        new Mirror(folder)
                .write(seen.getFileName().toString(), checkpoint.note().bytes());
    }

    /** Writes a file, durably. If we crash here it is there as before, or as after. */
    void write(String path, byte[] bytes) {
        Path file = folder.resolve(path);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.publish(file, out -> out.write(bytes));
        } catch (IOException e) {
            throw new SourceFault(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** Removes the tiles a log of this shape does not have: those of earlier sizes, and those of a fetch that went nowhere. */
    void tidy(LogShape shape) {
        try {
            removeDrafts();
            if (Files.isDirectory(folder.resolve("tile"))) {
                removeTiles(shape);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new SourceFault(folder + ": cannot be tidied: " + e.getMessage(), e);
        }
    }

    private void removeDrafts() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (DRAFT.matcher(String.valueOf(file.getFileName())).matches()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void removeTiles(LogShape shape) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("tile"))) {
            List<Path> wrong = files.filter(file -> !Files.isDirectory(file)
                            && !shape.has(folder.relativize(file).toString()))
                    .toList();
            for (Path file : wrong) {
                Files.delete(file);
                removeIfEmpty(requireNonNull(file.getParent()));
            }
        }
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        try (Stream<Path> rest = Files.list(directory)) {
            if (rest.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(directory);
    }
}
