package org.sealkeeper.testing;

import java.nio.file.Path;

/** Compiles {@code src/test/native/faulty}, once in each test JVM. */
final class FaultyModuleBuild {
    private FaultyModuleBuild() {}

    static Path library() {
        return Built.LIBRARY;
    }

    /** The first that asks initializes it. */
    private static final class Built {
        static final Path LIBRARY = NativeBuild.library("faulty", "-fvisibility=hidden");
    }
}
