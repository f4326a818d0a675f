package org.sealkeeper.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sealkeeper.testing.Home;

/**
 * What it costs that the token remembers every group, against once within an hour: prints a table as Markdown. Arguments: an empty folder,
 * seconds per turn.
 */
final class ProtectionBench {
    private ProtectionBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        try (var window = candidate("within an hour", folder.resolve("window"), "{windowSeconds: 3600}");
                var everyGroup = candidate("every group", folder.resolve("every-group"), "every-group")) {
            InTurns.compare(table, "the token remembers", List.of(window, everyGroup), Integer.parseInt(arguments[1]));
        }
    }

    private static InTurns.Loaded candidate(String what, Path folder, String mode) throws Exception {
        Home home = Home.provision(Files.createDirectories(folder));
        Bench.declareChains(home, InTurns.CHAINS);
        home.write(
                "audit.yaml",
                home.read("audit.yaml").replaceFirst("rollbackProtection:.*", "rollbackProtection: " + mode));
        return InTurns.Loaded.start(what, home);
    }
}
