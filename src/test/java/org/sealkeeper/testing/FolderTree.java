package org.sealkeeper.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A folder with everything in it. */
public record FolderTree(Path root) {
    /** Copies it with its permissions and times; what is there already is replaced. */
    public void copy(Path to) throws IOException {
        copy(_ -> true, to);
    }

    void copy(Predicate<Path> wanted, Path to) throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        for (Path file : files(Comparator.naturalOrder())) {
            Path target = to.resolve(root.relativize(file));
            if (wanted.test(file) && !Files.isDirectory(target)) {
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Deletes it, if it is there. */
    public void delete() throws IOException {
        if (Files.exists(root)) {
            for (Path file : files(Comparator.reverseOrder())) {
                Files.delete(file);
            }
        }
    }

    private List<Path> files(Comparator<Path> order) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted(order).toList();
        }
    }
}
