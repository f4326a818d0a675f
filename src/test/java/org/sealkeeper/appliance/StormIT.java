package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Ledger;

/**
 * Whatever is done to the store, the token's memory or the process, under the load of nodes that contradict themselves: no height has two
 * hashes, and nothing that was answered is lost while its store exists. A few harms, others each time; the profile {@code soak} has 2,000
 * rounds.
 */
class StormIT {
    /** Each harm once takes four minutes. */
    private static final int ROUNDS = Integer.getInteger("sealkeeper.storms", 2);

    private static final long SEED = Long.getLong("sealkeeper.seed", System.nanoTime());

    @TempDir
    static Path folder;

    @Test
    void noHeightEverHasTwoHashesAndNothingAnsweredIsLost() throws Exception {
        var random = new Random(SEED);
        Path original = Files.createDirectory(folder.resolve("original"));
        Home home = Home.provision(original);
        home.write("audit.yaml", home.read("audit.yaml").replaceFirst("leaseSeconds: .*", "leaseSeconds: 3"));
        var ledger = new Ledger(home.here("keys", "export", "--format", "jwks", "--config", "@/appliance.yaml")
                .succeeded()
                .out());
        var storm = new Storm(home, home.faultyToken(), ledger, folder, random);
        for (StormHarm harm : rounds(random)) {
            int before = ledger.size();
            storm.round(harm);
            ledger.assertThatNoHeightHasTwoHashes();
            assertThat(ledger.size()).as("blocks after %s, seed %s", harm, SEED).isGreaterThan(before);
        }
        assertThatTheChainIsWhole(home, ledger, storm);
    }

    private static List<StormHarm> rounds(Random random) {
        List<StormHarm> rounds = new ArrayList<>();
        while (rounds.size() < ROUNDS) {
            List<StormHarm> all = new ArrayList<>(List.of(StormHarm.values()));
            Collections.shuffle(all, random);
            rounds.addAll(all);
        }
        return rounds.subList(0, ROUNDS);
    }

    private static void assertThatTheChainIsWhole(Home home, Ledger ledger, Storm storm) {
        try (var _ = storm.calm();
                var auditor = Caller.of(home, "auditor")) {
            String export = auditor.get("/v1/chains/lab-a/blocks?from=0", "application/x-ndjson")
                    .body();
            ledger.assertThatNothingIsLost(export);
            home.write("blocks.ndjson", export);
            home.write("jwks.json", auditor.get("/.well-known/jwks.json").body());
        }
        home.here("chain", "verify", "--keys", "@/jwks.json", "--chain", "lab-a", "@/blocks.ndjson")
                .succeeded();
    }
}
