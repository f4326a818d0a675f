package org.sealkeeper.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Options of the JVMs that tests start often: they are to start fast, not to run fast. */
final class FastStart {
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable");

    /** The kept classes are used where they lie, which else are moved in memory at every start; and nothing is compiled ahead of need. */
    private static final List<String> AS_KEPT =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0", "-XX:-AOTReplayTraining");

    private FastStart() {}

    static List<String> ofAppliance() {
        return withKept(Prepared.APPLIANCE_CLASSES);
    }

    static List<String> ofCommand() {
        return withKept(Prepared.COMMAND_CLASSES);
    }

    /** Of the process that keeps its classes for the next ones, which takes it some seconds when it ends. */
    static List<String> keepingClasses(Path file) {
        List<String> all = with("-XX:AOTCacheOutput=" + file);
        all.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining"));
        return all;
    }

    private static List<String> withKept(Path file) {
        List<String> all = with("-XX:AOTCache=" + file);
        all.addAll(AS_KEPT);
        return all;
    }

    private static List<String> with(String option) {
        List<String> all = new ArrayList<>(SMALL);
        all.add(option);
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
