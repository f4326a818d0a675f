package org.sealkeeper.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Options of the JVMs that tests start often: they are to start fast, not to run fast. */
final class FastStart {
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable");

    private FastStart() {}

    static List<String> ofAppliance() {
        return with("-XX:AOTCache=" + Prepared.APPLIANCE_CLASSES);
    }

    static List<String> ofCommand() {
        return with("-XX:AOTCache=" + Prepared.COMMAND_CLASSES);
    }

    /** Of the process that keeps its classes for the next ones, which takes it some seconds when it ends. */
    static List<String> keepingClasses(Path file) {
        return with("-XX:AOTCacheOutput=" + file);
    }

    private static List<String> with(String... options) {
        List<String> all = new ArrayList<>(SMALL);
        all.addAll(List.of(options));
        all.addAll(NativeLibraries.OPTIONS);
        return all;
    }

    /** Installed where the launchers install them: else every start unpacks ten megabytes. */
    private static final class NativeLibraries {
        private static final String SCRIPT = """
                REPOSITORY=$PWD
                exec 3>&2
                . deployment/lib/all.sh
                find_native_libraries
                printf '%s\\n' "${NATIVE_OPTIONS[@]}"
                """;

        static final List<String> OPTIONS = Command.run(Path.of("").toAbsolutePath(), script())
                .succeeded()
                .out()
                .lines()
                .toList();

        private static List<String> script() {
            return List.of("env", "JAVA_HOME=" + System.getProperty("java.home"), "bash", "-euc", SCRIPT);
        }
    }
}
