package org.sealkeeper.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.testing.Home;

/**
 * Store and token of one moment, as a restored snapshot of a machine brings them back. Nothing may run meanwhile.
 *
 * @param home whose they are
 * @param kept where they are kept
 */
record Snapshot(Home home, Path kept) {
    private static final List<String> PARTS = List.of("store", "tokens");

    static Snapshot of(Home home, Path kept) throws IOException {
        for (String part : PARTS) {
            copy(home.folder().resolve(part), kept.resolve(part));
        }
        return new Snapshot(home, kept);
    }

    void restore() throws IOException {
        for (String part : PARTS) {
            delete(home.folder().resolve(part));
            copy(kept.resolve(part), home.folder().resolve(part));
        }
    }

    /** Files and folders with what is in them. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
