package org.sealkeeper.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;

/**
 * How long a start takes: of the appliance until it is ready, and of commands by their launcher to their end. Prints a table as Markdown. Argument: an
 * empty folder.
 */
final class StartBench {
    private static final int TIMES = 10;
    private static final int BLOCKS = 100;

    private StartBench() {}

    /** One start. */
    private record Start(double seconds, double cpuSeconds) {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Home home =
                Home.provision(Files.createDirectories(Path.of(arguments[0])).toAbsolutePath());
        exportChain(home);
        table.println("| what | median s | fastest s | slowest s | CPU s |");
        table.println("|---|---:|---:|---:|---:|");
        print(table, "the appliance, until it is ready", () -> appliance(home));
        print(table, "`sealkeeper --help`", () -> command(home, "--help"));
        print(table, "`sealkeeper policy check`", () -> command(home, "policy check -f policy.yaml"));
        print(
                table,
                "`sealkeeper chain verify`, " + BLOCKS + " blocks",
                () -> command(home, "chain verify --keys jwks.json lab-a.ndjson"));
    }

    private static void exportChain(Home home) {
        try (var appliance = ApplianceProcess.startForLoad(home);
                var node = Caller.of(home, "node-a")) {
            String previous = Blocks.GENESIS_LINK;
            for (int height = 0; height < BLOCKS; height++) {
                String hash = Blocks.hash("start", height);
                node.post("/v1/chains/lab-a/blocks", Blocks.request(height, previous, hash));
                previous = hash;
            }
            home.write("jwks.json", node.get("/.well-known/jwks.json").body());
            home.write(
                    "lab-a.ndjson",
                    node.get("/v1/chains/lab-a/blocks?from=0", "application/x-ndjson")
                            .body());
            System.err.println("exported from the process " + appliance.pid());
        }
    }

    private static Start appliance(Home home) {
        long began = System.nanoTime();
        try (var appliance = ApplianceProcess.startForLoad(home)) {
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Start(seconds, ProcessUse.of(appliance.pid()).cpu().toNanos() / 1e9);
        }
    }

    private static Start command(Home home, String words) {
        String launcher = Path.of("deployment/sealkeeper").toAbsolutePath().toString();
        String script = "TIMEFORMAT='%R %U %S'; time " + launcher + " " + words + " >out.txt 2>err.txt";
        String[] times = Command.run(home.folder(), List.of("bash", "-c", script))
                .succeeded()
                .err()
                .strip()
                .split(" ", -1);
        return new Start(Double.parseDouble(times[0]), Double.parseDouble(times[1]) + Double.parseDouble(times[2]));
    }

    private static void print(PrintStream table, String what, Callable<Start> once) throws Exception {
        var _ = once.call();
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            starts.add(once.call());
        }
        starts.sort(Comparator.comparingDouble(Start::seconds));
        Start median = starts.get(TIMES / 2);
        double cpu = starts.stream().mapToDouble(Start::cpuSeconds).sorted().toArray()[TIMES / 2];
        table.printf(
                "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                what,
                median.seconds(),
                starts.getFirst().seconds(),
                starts.getLast().seconds(),
                cpu);
    }
}
