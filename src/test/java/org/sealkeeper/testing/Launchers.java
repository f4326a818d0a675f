package org.sealkeeper.testing;

import java.nio.file.Path;
import java.util.List;

/** The functions that the launchers in {@code deployment} share. */
public final class Launchers {
    private Launchers() {}

    /** Returns when the caches of classes of this build are there. */
    public static void requireCaches() {
        Prepared.home();
    }

    /** What a script says on standard output that has read these functions. */
    static List<String> lines(String script) {
        return run(Path.of("").toAbsolutePath(), script)
                .succeeded()
                .out()
                .lines()
                .toList();
    }

    /** Runs a script that has read the functions of this repository or a copy of it, with the JDK of the tests. */
    public static Command run(Path repository, String script) {
        return Command.run(
                repository,
                List.of(
                        "env",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        "bash",
                        "-euc",
                        "REPOSITORY=$PWD; exec 3>&2; . deployment/lib/all.sh; " + script));
    }
}
