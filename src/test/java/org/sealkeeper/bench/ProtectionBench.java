package org.sealkeeper.bench;

import io.vertx.core.http.HttpVersion;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Home;

/**
 * What it costs that the token remembers every group, against once within an hour: prints a table as Markdown. Both appliances are up and
 * warm, and take turns, so that what the machine does beside them hits both; the ratio is the median of those of the turns. Arguments:
 * an empty folder, seconds per turn.
 */
final class ProtectionBench {
    private static final int CHAINS = 64;
    private static final int WARM_UP_SECONDS = 40;
    private static final int TURNS = 9;
    private static final String EVERY_GROUP = "rollbackProtection: every-group";
    private static final String WINDOW = "rollbackProtection: {windowSeconds: 3600}";

    private ProtectionBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        int seconds = Integer.parseInt(arguments[1]);
        List<Measured> everyGroup = new ArrayList<>();
        List<Measured> window = new ArrayList<>();
        try (var mindful = Candidate.start(folder.resolve("every-group"), EVERY_GROUP);
                var lazy = Candidate.start(folder.resolve("window"), WINDOW)) {
            for (int turn = 0; turn < TURNS; turn++) {
                window.add(lazy.measure(seconds));
                everyGroup.add(mindful.measure(seconds));
            }
        }
        double ratio = IntStream.range(0, TURNS)
                .mapToDouble(turn ->
                        everyGroup.get(turn).perSecond() / window.get(turn).perSecond())
                .sorted()
                .toArray()[TURNS / 2];
        table.println("| the token remembers | signed/s | ratio | p50 µs | p99 µs | CPU cores | RSS MiB |");
        table.println("|---|---:|---:|---:|---:|---:|---:|");
        print(table, "within an hour", median(window), 1);
        print(table, "every group", median(everyGroup), ratio);
    }

    /** An appliance in one of the modes. */
    private record Candidate(Home home, ApplianceProcess appliance, String mode) implements AutoCloseable {
        static Candidate start(Path folder, String mode) throws Exception {
            Home home = Home.provision(Files.createDirectories(folder));
            Bench.declareChains(home, CHAINS);
            home.write("audit.yaml", home.read("audit.yaml").replaceFirst("rollbackProtection:.*", mode));
            var candidate = new Candidate(home, ApplianceProcess.startForLoad(home), mode);
            var _ = candidate.measure(WARM_UP_SECONDS);
            return candidate;
        }

        Measured measure(int seconds) throws Exception {
            try (var load = new Load(home, HttpVersion.HTTP_1_1, CHAINS, CHAINS, 1)) {
                return Bench.progress(load.run(mode, appliance.pid(), seconds));
            }
        }

        @Override
        public void close() {
            appliance.close();
        }
    }

    private static Measured median(List<Measured> turns) {
        return turns.stream()
                .sorted(Comparator.comparingDouble(Measured::perSecond))
                .toList()
                .get(turns.size() / 2);
    }

    private static void print(PrintStream out, String what, Measured row, double ratio) {
        out.printf(
                "| %s | %,.0f | %.2f | %,d | %,d | %.2f | %d |%n",
                what, row.perSecond(), ratio, row.p50Micros(), row.p99Micros(), row.cpuCores(), row.rssMiB());
    }
}
