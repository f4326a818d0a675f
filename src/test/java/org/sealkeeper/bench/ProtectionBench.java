package org.sealkeeper.bench;

import io.vertx.core.http.HttpVersion;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Home;

/**
 * What it costs that the token remembers every group, against once within an hour: prints a table as Markdown. The two modes take turns,
 * so that what the machine does beside them hits both. Arguments: an empty folder, seconds per row.
 */
final class ProtectionBench {
    private static final int CHAINS = 64;
    private static final int WARM_UP_SECONDS = 30;
    private static final int TURNS = 3;
    private static final String EVERY_GROUP = "rollbackProtection: every-group";
    private static final String WINDOW = "rollbackProtection: {windowSeconds: 3600}";

    private ProtectionBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int seconds = Integer.parseInt(arguments[1]);
        Home home = Home.provision(folder);
        Bench.declareChains(home, CHAINS);
        List<Measured> everyGroup = new ArrayList<>();
        List<Measured> window = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            everyGroup.add(measure(home, EVERY_GROUP, seconds));
            window.add(measure(home, WINDOW, seconds));
        }
        Measured least = median(window);
        table.println("| the token remembers | signed/s | ratio | p50 µs | p99 µs | CPU cores | RSS MiB |");
        table.println("|---|---:|---:|---:|---:|---:|---:|");
        print(table, "within an hour", least, least);
        print(table, "every group", median(everyGroup), least);
    }

    private static Measured measure(Home home, String mode, int seconds) throws Exception {
        home.write("audit.yaml", home.read("audit.yaml").replaceFirst("rollbackProtection:.*", mode));
        try (var appliance = ApplianceProcess.startForLoad(home)) {
            try (var warmUp = new Load(home, HttpVersion.HTTP_1_1, CHAINS, CHAINS, 1)) {
                var _ = warmUp.run("warm-up", appliance.pid(), WARM_UP_SECONDS);
            }
            try (var load = new Load(home, HttpVersion.HTTP_1_1, CHAINS, CHAINS, 1)) {
                return Bench.progress(load.run(mode, appliance.pid(), seconds));
            }
        }
    }

    private static Measured median(List<Measured> turns) {
        return turns.stream()
                .sorted(Comparator.comparingDouble(Measured::perSecond))
                .toList()
                .get(turns.size() / 2);
    }

    private static void print(PrintStream out, String what, Measured row, Measured to) {
        out.printf(
                "| %s | %,.0f | %.2f | %,d | %,d | %.2f | %d |%n",
                what,
                row.perSecond(),
                row.perSecond() / to.perSecond(),
                row.p50Micros(),
                row.p99Micros(),
                row.cpuCores(),
                row.rssMiB());
    }
}
