package org.sealkeeper.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A log in a folder that is laid out as its URLs are.
 *
 * @param own files in the folder that are the auditor's and not the log's
 */
public record FolderSource(Path folder, Set<Path> own) implements LogSource {
    /** The checkpoint that was last found valid. */
    public static final String SEEN = "checkpoint.seen";
    /** A checkpoint that contradicts the mirrored one. */
    public static final String REJECTED = "checkpoint.rejected";

    private static final Set<String> NOT_TILES =
            Set.of(LogFile.CHECKPOINT.path(), LogFile.COSIGNED.path(), SEEN, REJECTED);

    public FolderSource {
        own = Set.copyOf(own);
    }

    public FolderSource(Path folder) {
        this(folder, Set.of());
    }

    @Override
    public Optional<byte[]> find(LogFile file) {
        try (InputStream input = Files.newInputStream(folder.resolve(file.path()))) {
            byte[] bytes = input.readNBytes(file.maxBytes() + 1);
            if (bytes.length > file.maxBytes()) {
                throw new InvalidLog(file.path(), "expected at most " + file.maxBytes() + " bytes, found more");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SourceFault(folder.resolve(file.path()) + ": cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<String> stray(LogShape shape) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file) && !own.contains(file))
                    .map(file -> folder.relativize(file).toString())
                    .filter(path -> !NOT_TILES.contains(path) && !shape.has(path))
                    .min(String::compareTo);
        } catch (IOException | UncheckedIOException e) {
            throw new SourceFault(folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }
}
