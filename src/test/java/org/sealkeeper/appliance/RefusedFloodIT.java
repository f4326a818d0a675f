package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;

/** Whatever one caller is refused again and again costs the log a few leaves, and the log says how often it was. */
class RefusedFloodIT {
    private static final int PER_BATCH = 750;
    private static final int READS = 100;

    @TempDir
    private static Path folder;

    @Test
    void aFloodOfRefusalsIsAFewLeavesThatAddUpAfterACleanStop() throws Exception {
        Home home = Home.provision(folder);
        try (var _ = ApplianceProcess.start(home);
                var nodeA = Caller.of(home, "node-a");
                var nodeB = Caller.of(home, "node-b")) {
            assertThat(nodeA.post("/v1/chains/lab-a/blocks", Blocks.request("a", 0))
                            .statusCode())
                    .isEqualTo(201);
            for (Caller caller : List.of(nodeB, nodeA, nodeB, nodeA)) {
                assertThat(caller.post("/v1/blocks/batch", batch()).statusCode())
                        .isEqualTo(200);
            }
            for (int i = 0; i < READS; i++) {
                assertThat(nodeB.get("/v1/chains/lab-a").statusCode()).isEqualTo(403);
                assertThat(nodeB.post("/v1/data-keys", generating("key-" + i)).statusCode())
                        .isEqualTo(403);
            }
        }
        try (var _ = ApplianceProcess.start(home);
                var auditor = Caller.of(home, "auditor")) {
            home.fetchLog("log");
            List<JsonNode> leaves = FetchedLog.by(auditor).leaves();
            assertThat(leaves).hasSizeLessThan(300);
            assertThat(times(leaves, "sign-block", "forbidden")).isEqualTo(2 * PER_BATCH);
            assertThat(times(leaves, "sign-block", "conflicting-block")).isEqualTo(2 * PER_BATCH);
            assertThat(times(leaves, "read-chain", "forbidden")).isEqualTo(READS);
            assertThat(times(leaves, "generate-data-key", "forbidden")).isEqualTo(READS);
        }
        home.here("audit", "verify", "@/log", "--vkeys", "@/audit.vkeys").succeeded();
    }

    private static String batch() {
        String blocks = IntStream.range(0, PER_BATCH)
                .mapToObj(i -> Blocks.request(0, Blocks.GENESIS_LINK, Blocks.hash("other/" + i))
                        .replaceFirst("\\{", "{\"chain\":\"lab-a\","))
                .collect(Collectors.joining(","));
        return "{\"blocks\":[" + blocks + "]}";
    }

    private static String generating(String key) {
        return "{\"key\":\"%s\",\"context\":{\"report\":\"1\"},\"recipient\":\"lab-a\"}".formatted(key);
    }

    private static long times(List<JsonNode> leaves, String operation, String reason) {
        return leaves.stream()
                .filter(leaf -> leaf.get("operation").asText().equals(operation)
                        && leaf.path("reason").asText().equals(reason))
                .mapToLong(leaf -> leaf.path("count").asLong(1))
                .sum();
    }
}
