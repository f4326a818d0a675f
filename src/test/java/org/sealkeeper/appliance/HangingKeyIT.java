package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.Ledger;
import org.sealkeeper.testing.TokenFault;

/** The token's calls with one key hang, while nodes ask for signatures of that key, and another node for those of another. */
class HangingKeyIT {
    private static final int MEASUREMENTS = 3;
    private static final int WARM_UP = 300;
    private static final int BLOCKS = 300;
    private static final int NODES = 8;

    @TempDir
    static Path folder;

    private long height;

    /** Whatever else this machine does may disturb one measurement, or two. */
    @Test
    void theRequestsOfOtherKeysGoOnAndNothingIsLeftOfTheCallsThatReturn() throws Exception {
        Home home = Home.provision(folder);
        FaultyModule module = home.faultyToken();
        home.write(
                "faulty/profile.yaml",
                home.read("faulty/profile.yaml").replaceFirst("deadlineMillis: .*", "deadlineMillis: 1000"));
        TokenFault hang = TokenFault.hang("C_Sign").ofKey(home.ckaId("lab-a-blocks"));
        try (var appliance = ApplianceProcess.start(home);
                var nodeA = Caller.of(home, "node-a");
                var nodeB = Caller.of(home, "node-b")) {
            var ledger = new Ledger(nodeB.get("/.well-known/jwks.json").body());
            p99(nodeB, WARM_UP);
            List<String> found = new ArrayList<>();
            boolean isBounded = false;
            while (!isBounded && found.size() < MEASUREMENTS) {
                long usual = p99(nodeB, BLOCKS);
                long hanging;
                try (InjectedFault _ = module.inject(hang);
                        var _ = ledger.load(home, NODES)) {
                    Await.until(() -> sum(token(appliance), "stuck") > 0);
                    hanging = p99(nodeB, BLOCKS);
                    assertThat(ledger.ask(nodeA).statusCode()).isEqualTo(503);
                    assertThat(token(appliance).get("ready").asBoolean()).isTrue();
                    module.clear(); // else the nodes wait for what never returns
                }
                Await.until(() -> isAtRest(token(appliance)));
                found.add("p99 %d us, before %d us".formatted(hanging / 1_000, usual / 1_000));
                isBounded = hanging < 3 * usual;
            }
            System.out.println(found);
            assertThat(isBounded).as("%s", found).isTrue();
            assertThat(ledger.ask(nodeA).statusCode()).isIn(200, 201);
            ledger.assertThatNoHeightHasTwoHashes();
            assertThat(appliance.output()).as("of event loops").doesNotContain("has been blocked");
        }
    }

    private long p99(Caller node, int blocks) {
        return IntStream.range(0, blocks).mapToLong(_ -> sign(node)).sorted().toArray()[blocks * 99 / 100];
    }

    private long sign(Caller node) {
        String block = Blocks.request("another", height++);
        long begun = System.nanoTime();
        HttpResponse<String> answer = node.post("/v1/chains/lab-b/blocks", block);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return System.nanoTime() - begun;
    }

    private static JsonNode token(ApplianceProcess appliance) {
        return Blocks.json(appliance.management("/q/tokens")).get("tokens").get(0);
    }

    private static boolean isAtRest(JsonNode token) {
        return sum(token, "stuck") + sum(token, "waiting") + sum(token, "busy") == 0;
    }

    private static int sum(JsonNode token, String member) {
        return StreamSupport.stream(token.get("pools").spliterator(), false)
                .mapToInt(pool -> pool.get(member).asInt())
                .sum();
    }
}
