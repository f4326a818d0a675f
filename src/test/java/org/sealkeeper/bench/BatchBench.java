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
 * What one signature for many blocks is worth where a token signs sixty times a second: prints a table as Markdown. Arguments: an empty
 * folder, seconds per row.
 */
final class BatchBench {
    /** Each signature takes two calls. */
    private static final Duration LATENCY = Duration.ofMillis(8);

    private static final int CHAINS = 64;
    private static final int WARM_UP_SECONDS = 20;

    private BatchBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int seconds = Integer.parseInt(arguments[1]);
        Home home = Home.provision(folder);
        Bench.declareChains(home, CHAINS);
        FaultyModule module = home.faultyToken();
        List<Measured> rows = new ArrayList<>();
        try (var _ = module.inject(TokenFault.slow(LATENCY, 1))) {
            Measured limit = Bench.raw(home, module.library().toString(), new int[] {1}, seconds, rows);
            batches(home, seconds, rows);
            singles(home, seconds, rows);
            Bench.print(table, rows, limit);
        }
    }

    private static void batches(Home home, int seconds, List<Measured> rows) throws Exception {
        try (var appliance = ApplianceProcess.startForLoad(home)) {
            run("warm-up, not in the table", home, appliance, 4, 250, "merkle", WARM_UP_SECONDS);
            rows.add(run("batches of 10 blocks, individual, 4 chains", home, appliance, 4, 10, "individual", seconds));
            for (int blocks : new int[] {10, 100, 1_000}) {
                String what = "batches of " + blocks + " blocks, merkle, 4 chains";
                rows.add(run(what, home, appliance, 4, blocks, "merkle", seconds));
            }
            rows.add(run("single blocks, individual, 64 chains", home, appliance, CHAINS, 1, "", seconds));
        }
    }

    private static void singles(Home home, int seconds, List<Measured> rows) throws Exception {
        home.write(
                "chains.yaml",
                "batches: {milliseconds: 0, statements: 1000}\n"
                        + home.read("chains.yaml").replace("start: genesis}", "start: genesis, signatures: batched}"));
        try (var appliance = ApplianceProcess.startForLoad(home)) {
            run("warm-up, not in the table", home, appliance, CHAINS, 1, "", WARM_UP_SECONDS);
            rows.add(run("single blocks, batched, 64 chains", home, appliance, CHAINS, 1, "", seconds));
        }
    }

    private static Measured run(
            String what,
            Home home,
            ApplianceProcess appliance,
            int chains,
            int blocksPerRequest,
            String mode,
            int seconds)
            throws Exception {
        try (var load = new Load(home, HttpVersion.HTTP_1_1, chains, chains, blocksPerRequest, mode)) {
            return Bench.progress(load.run(what, appliance.pid(), seconds));
        }
    }
}
