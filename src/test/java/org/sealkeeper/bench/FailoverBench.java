package org.sealkeeper.bench;

import io.vertx.core.http.HttpVersion;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.TokenFault;

/**
 * One of two tokens in a network dies under load, and comes back: prints a table as Markdown of what is signed before, meanwhile, and after. Every
 * request must be answered with a signature. Arguments: an empty folder, seconds per row.
 */
final class FailoverBench {
    private static final Duration LATENCY = Duration.ofMillis(5);
    private static final int AT_A_TIME = 2;
    private static final int CHAINS = 64;
    private static final int WARM_UP_SECONDS = 40;

    private FailoverBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int seconds = Integer.parseInt(arguments[1]);
        Home home = Home.provision(folder);
        Bench.declareChains(home, CHAINS);
        FaultyModule first = home.faultyToken();
        FaultyModule second = home.secondToken();
        List<Measured> rows = new ArrayList<>();
        try (var _ = first.inject(TokenFault.slow(LATENCY, AT_A_TIME));
                var _ = second.inject(TokenFault.slow(LATENCY, AT_A_TIME));
                var appliance = ApplianceProcess.startForLoad(home);
                var load = new Load(home, HttpVersion.HTTP_1_1, CHAINS, CHAINS, 1)) {
            load.start();
            var _ = load.measure("warm-up, not in the table", appliance.pid(), WARM_UP_SECONDS);
            rows.add(Bench.progress(load.measure("both tokens", appliance.pid(), seconds)));
            try (InjectedFault _ = second.inject(TokenFault.away())) {
                rows.add(Bench.progress(load.measure("one of them dies, and is away", appliance.pid(), seconds)));
            }
            rows.add(Bench.progress(load.measure("it comes back", appliance.pid(), seconds)));
            rows.add(Bench.progress(load.measure("both tokens again", appliance.pid(), seconds)));
            load.end();
        }
        print(table, rows);
    }

    private static void print(PrintStream out, List<Measured> rows) {
        out.println("| | signed/s | of both | p50 µs | p99 µs | CPU cores | RSS MiB |");
        out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (Measured row : rows) {
            double ratio = row.perSecond() / rows.getFirst().perSecond();
            out.printf(
                    "| %s | %,.0f | %.2f | %,d | %,d | %.2f | %d |%n",
                    row.what(), row.perSecond(), ratio, row.p50Micros(), row.p99Micros(), row.cpuCores(), row.rssMiB());
        }
    }
}
