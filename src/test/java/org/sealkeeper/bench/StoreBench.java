package org.sealkeeper.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.PostgresServer;

/**
 * An appliance on PostgreSQL, reached by TLS on this machine, against one on SQLite: prints a table as Markdown. The CPU is the appliance's alone.
 * Arguments: an empty folder, seconds per turn.
 */
final class StoreBench {
    private StoreBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        try (var server = PostgresServer.start();
                var embedded = candidate("SQLite", Home.provision(made(folder.resolve("sqlite"))));
                var served = candidate("PostgreSQL", Home.provisionOn(server, made(folder.resolve("postgresql"))))) {
            InTurns.compare(table, "store", embedded, served, Integer.parseInt(arguments[1]));
        }
    }

    private static Path made(Path folder) throws Exception {
        return Files.createDirectories(folder);
    }

    private static InTurns.Candidate candidate(String what, Home home) throws Exception {
        Bench.declareChains(home, InTurns.CHAINS);
        return InTurns.Candidate.start(what, home);
    }
}
