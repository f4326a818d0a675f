package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.FaultyDisk;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Ledger;

/** A disk that is full, read-only or broken for a while, under several callers: they are told, nothing is lost, and it goes on by itself. */
class FaultyDiskIT {
    @TempDir
    Path folder;

    @TempDir
    Path outside;

    @Test
    void aDiskThatCannotBeWrittenIsToldAndTheApplianceGoesOnOnceItCan() throws Exception {
        Home home = Home.provision(folder);
        var disk = new FaultyDisk(home.folder().resolve("store"), outside.resolve("fault"));
        try (var node = Caller.of(home, "node-a");
                var appliance = ApplianceProcess.start(home, disk.environment())) {
            var ledger = new Ledger(node.get("/.well-known/jwks.json").body());
            try (var _ = ledger.load(home, 3)) {
                int height = 0;
                for (FaultyDisk.Fault fault : FaultyDisk.Fault.values()) {
                    disk.fail(fault);
                    Await.until(() -> appliance.health("ready").contains("the store could not"));
                    assertThatItIsTold(sign(node, height));
                    assertThatItIsTold(node.get("/v1/chains/lab-a")); // it would leave no leaf

                    disk.heal();
                    appliance.awaitReady();
                    assertThat(sign(node, height++).statusCode()).isEqualTo(201);
                    int signed = ledger.size();
                    Await.until(() -> ledger.size() > signed);
                }
            }
            ledger.assertThatNoHeightHasTwoHashes();
            ledger.assertThatNothingIsLost(node.get("/v1/chains/lab-a/blocks?from=0", "application/x-ndjson")
                    .body());
        }
    }

    private static HttpResponse<String> sign(Caller node, int height) {
        return node.post("/v1/chains/edwards/blocks", Blocks.request("edwards", height));
    }

    private static void assertThatItIsTold(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("urn:sealkeeper:problem:store-unavailable");
    }
}
