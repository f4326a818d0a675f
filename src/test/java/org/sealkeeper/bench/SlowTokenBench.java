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
import org.sealkeeper.testing.TokenFault;

/**
 * The appliance with a token in a network, which takes a while for each signature and computes few at a time: prints a table as Markdown. Such
 * a token, and not the processor, is the limit. Arguments: an empty folder, seconds per row.
 */
final class SlowTokenBench {
    private static final Duration LATENCY = Duration.ofMillis(5);
    private static final int AT_A_TIME = 8;
    private static final int[] THREADS = {1, AT_A_TIME, 2 * AT_A_TIME};
    private static final int CHAINS = 64;
    private static final int WARM_UP_SECONDS = 40;

    private SlowTokenBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int seconds = Integer.parseInt(arguments[1]);
        Home home = Home.provision(folder);
        Bench.declareChains(home, CHAINS);
        FaultyModule module = home.faultyToken();
        useAllItCan(home);
        try (var _ = module.inject(TokenFault.slow(LATENCY, AT_A_TIME))) {
            List<Measured> rows = new ArrayList<>();
            Measured limit = Bench.raw(home, module.library().toString(), THREADS, seconds, rows);
            try (var appliance = ApplianceProcess.startForLoad(home)) {
                service(home, appliance.pid(), seconds, rows);
            }
            Bench.print(table, rows, limit);
        }
    }

    /** One key has half of the sessions. */
    private static void useAllItCan(Home home) {
        home.write(
                "faulty/profile.yaml",
                home.read("faulty/profile.yaml").replaceFirst("poolSize: .*", "poolSize: " + 2 * AT_A_TIME));
    }

    private static void service(Home home, long pid, int seconds, List<Measured> rows) throws Exception {
        run("warm-up, not in the table", home, pid, CHAINS, WARM_UP_SECONDS);
        for (int chains : new int[] {1, AT_A_TIME, 2 * AT_A_TIME, CHAINS}) {
            String what = "single blocks, HTTP/1.1, 64 connections, " + Measured.count(chains, "chain");
            rows.add(run(what, home, pid, chains, seconds));
        }
    }

    private static Measured run(String what, Home home, long pid, int chains, int seconds) throws Exception {
        try (var load = new Load(home, HttpVersion.HTTP_1_1, 64, chains, 1)) {
            return Bench.progress(load.run(what, pid, seconds));
        }
    }
}
