package org.sealkeeper.bench;

import io.vertx.core.http.HttpVersion;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Home;

/**
 * What a signature costs on a million signed blocks, and on a thousand chains: prints tables as Markdown. The million are signed through the API, in
 * batches with one signature each; then the appliance is started anew. Arguments: an empty folder, seconds per turn.
 */
final class LargeBench {
    private static final int CHAINS = 1_000;
    private static final long BLOCKS = 1_000_000;
    private static final int BLOCKS_PER_BATCH = 1_000;

    private LargeBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Home full = home(folder.resolve("full"), CHAINS);
        fill(full);
        try (var few = candidate(table, "an empty store, 64 chains", home(folder.resolve("few"), InTurns.CHAINS), 64);
                var many =
                        candidate(table, "an empty store, 1,000 chains", home(folder.resolve("many"), CHAINS), CHAINS);
                var large = candidate(table, "1,000,000 signed blocks, 1,000 chains", full, CHAINS)) {
            table.println();
            InTurns.compare(table, "at first", List.of(few, many, large), Integer.parseInt(arguments[1]));
        }
    }

    private static Home home(Path folder, int chains) throws Exception {
        Home home = Home.provision(Files.createDirectories(folder));
        Bench.declareChains(home, chains);
        return home;
    }

    private static void fill(Home home) throws Exception {
        long began = System.nanoTime();
        try (var appliance = ApplianceProcess.startForLoad(home);
                var load = new Load(home, HttpVersion.HTTP_1_1, 4, CHAINS, BLOCKS_PER_BATCH, "merkle")) {
            load.start();
            while (load.blocks() < BLOCKS) {
                new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            }
            load.end();
            System.err.printf(
                    "%,d blocks signed in %.0f s by the process %d%n",
                    load.blocks(), (System.nanoTime() - began) / 1e9, appliance.pid());
        }
    }

    private static InTurns.Loaded candidate(PrintStream table, String what, Home home, int chains) throws Exception {
        long began = System.nanoTime();
        ApplianceProcess appliance = ApplianceProcess.startForLoad(home);
        table.printf("%s: ready after %.1f s%n", what, (System.nanoTime() - began) / 1e9);
        var loaded = new InTurns.Loaded(what, home, appliance, chains);
        loaded.warmUp();
        return loaded;
    }
}
