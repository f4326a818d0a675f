package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compiles {@code src/test/native/faulty}, once in each test JVM. */
final class FaultyModuleBuild {
    private static final Path SOURCES = Path.of("src/test/native/faulty");

    private FaultyModuleBuild() {}

    static Path library() {
        return Built.LIBRARY;
    }

    /** The first that asks initializes it. */
    private static final class Built {
        static final Path LIBRARY = build(ForkFolder.path().resolve("faulty.so"));
    }

    private static Path build(Path library) {
        List<String> line = new ArrayList<>(List.of("gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-O2"));
        line.addAll(List.of("-shared", "-fPIC", "-fvisibility=hidden", "-pthread", "-o", library.toString()));
        try (Stream<Path> sources = Files.list(SOURCES)) {
            sources.map(Path::toString).filter(name -> name.endsWith(".c")).forEach(line::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.add("-ldl");
        try {
            Command.run(Path.of("").toAbsolutePath(), line).succeeded();
        } catch (UncheckedIOException e) {
            throw new AssertionError("gcc is needed to compile " + SOURCES + "; deployment/test installs it", e);
        }
        return library;
    }
}
