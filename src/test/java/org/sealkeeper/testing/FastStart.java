package org.sealkeeper.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Options of the JVMs that tests start often: they are to start fast, not to run fast. */
final class FastStart {
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable");

    private FastStart() {}

    /** Of an appliance that will be ready. The first that ends in good order keeps its classes for the next ones. */
    static List<String> ofAppliance() {
        return with(
                "-XX:SharedArchiveFile=" + ForkFolder.path().resolve("appliance.jsa"), "-XX:+AutoCreateSharedArchive");
    }

    /** Of an appliance that will not get far: it would keep too few classes. */
    static List<String> ofRefusal() {
        return with("-XX:SharedArchiveFile=" + ForkFolder.path().resolve("appliance.jsa"));
    }

    /** Of a command. Where none kept its classes, this changes nothing. */
    static List<String> ofCommand() {
        return with("-XX:AOTCache=" + ForkFolder.path().resolve("commands.aot"));
    }

    /** Of the command that keeps its classes for the next ones, which takes it some seconds. */
    static List<String> ofCommandThatKeepsItsClasses() {
        return with("-XX:AOTCacheOutput=" + ForkFolder.path().resolve("commands.aot"));
    }

    private static List<String> with(String... options) {
        List<String> all = new ArrayList<>(SMALL);
        all.addAll(List.of(options));
        all.addAll(NativeLibraries.OPTIONS);
        return all;
    }

    /** Installed where the launchers install them: else every start unpacks ten megabytes, and digests them since their jar is signed. */
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
