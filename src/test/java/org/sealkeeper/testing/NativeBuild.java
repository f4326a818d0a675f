package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compiles what tests put before a library of C. */
final class NativeBuild {
    private NativeBuild() {}

    /** A shared library of the sources in {@code src/test/native/NAME}. */
    static Path library(String name, String... options) {
        Path sources = Path.of("src/test/native").resolve(name);
        Path library = ForkFolder.path().resolve(name + ".so");
        List<String> line = new ArrayList<>(List.of("gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-O2"));
        line.addAll(List.of("-shared", "-fPIC", "-pthread", "-o", library.toString()));
        line.addAll(List.of(options));
        try (Stream<Path> files = Files.list(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".c")).forEach(line::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.add("-ldl");
        try {
            Command.run(Path.of("").toAbsolutePath(), line).succeeded();
        } catch (UncheckedIOException e) {
            throw new AssertionError("gcc is needed to compile " + sources + "; deployment/test installs it", e);
        }
        return library;
    }
}
