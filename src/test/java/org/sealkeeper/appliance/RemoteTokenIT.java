package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Ledger;
import org.sealkeeper.testing.RemoteToken;

/**
 * A token behind a socket, under the load of nodes that contradict themselves: its server is killed and comes back, once with another token of
 * the same label.
 */
class RemoteTokenIT {
    private static final int AWAY_SECONDS = 3;

    private static final String KEYS = """
            keys:
              - {alias: lab-a-blocks, purpose: block-signing, algorithm: ES256}
              - {alias: audit-p256, purpose: audit-signing, algorithm: ES256}
            keyEncryptionKeys: []
            """;

    private static final String CHAINS = """
            chains:
              - {name: lab-a, signingKey: lab-a-blocks, hashLength: 32, sequence: contiguous, start: genesis}
            """;

    private static final String POLICY = """
            roles:
              nodes: [{certificate: "urn:sealkeeper:node:node-a"}]
              auditors: [{certificate: "urn:sealkeeper:auditor:auditor"}]
            grants:
              - {name: nodes-sign, roles: [nodes], operations: [sign-block, read-chain], chains: [lab-a]}
              - {name: audit, roles: [auditors], operations: [read-audit-log]}
            denials: []
            separationExceptions: []
            ...
            """;

    @TempDir
    static Path folder;

    @Test
    void aServerThatIsKilledMayComeBackAndWithTheSameTokenAlone() throws Exception {
        Home home = provision("home");
        Home another = provision("another");
        try (var token = RemoteToken.of(home);
                var appliance = ApplianceProcess.start(home, token.environment());
                var node = Caller.of(home, "node-a")) {
            var ledger = new Ledger(node.get("/.well-known/jwks.json").body());
            try (var _ = ledger.load(home, 2, Ledger.LEISURE)) {
                awaitMoreBlocks(ledger);
                theSameTokenIsLetInAnew(token, home, appliance, ledger);
                anotherTokenOfTheSameLabelIsNotUsed(token, another, home, appliance, ledger);
            }
            assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
            ledger.assertThatNoHeightHasTwoHashes();
            ledger.assertThatNothingIsLost(node.get("/v1/chains/lab-a/blocks?from=0", "application/x-ndjson")
                    .body());
            assertThat(appliance.output()).doesNotContain("\tat ");
            home.fetchLog("log");
        }
        home.here("audit", "verify", "@/log", "--vkeys", "@/audit.vkeys").succeeded();
    }

    /** The library lost its connection: only one that is initialized anew makes another. */
    private static void theSameTokenIsLetInAnew(
            RemoteToken token, Home home, ApplianceProcess appliance, Ledger ledger) {
        long epoch = token(appliance).get("epoch").asLong();
        token.kill();
        Await.until(() -> !state(appliance).equals("ready"));
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(AWAY_SECONDS));
        int blocks = ledger.size();

        token.comeBackAs(home);

        Await.until(() -> state(appliance).equals("ready"));
        appliance.awaitReady();
        assertThat(token(appliance).get("epoch").asLong()).isGreaterThan(epoch);
        awaitMoreThan(blocks, ledger);
    }

    private static void anotherTokenOfTheSameLabelIsNotUsed(
            RemoteToken token, Home another, Home home, ApplianceProcess appliance, Ledger ledger) {
        token.kill();
        Await.until(() -> !state(appliance).equals("ready"));

        token.comeBackAs(another);

        Await.until(() -> appliance.health("ready").contains("another token"));
        assertThat(state(appliance)).isEqualTo("down");
        int blocks = ledger.size();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(AWAY_SECONDS));
        assertThat(ledger.size()).isEqualTo(blocks);

        token.kill();
        token.comeBackAs(home);
        Await.until(() -> state(appliance).equals("ready"));
        appliance.awaitReady();
        awaitMoreThan(blocks, ledger);
    }

    private static Home provision(String name) throws Exception {
        Home home = Home.provisionAnew(Files.createDirectory(folder.resolve(name)), KEYS);
        home.write("chains.yaml", CHAINS);
        home.write("policy.yaml", POLICY);
        return home;
    }

    private static void awaitMoreBlocks(Ledger ledger) {
        awaitMoreThan(ledger.size(), ledger);
    }

    private static void awaitMoreThan(int blocks, Ledger ledger) {
        Await.until(() -> ledger.size() > blocks);
    }

    private static String state(ApplianceProcess appliance) {
        return token(appliance).get("state").asText();
    }

    /** What readiness says of the token. */
    private static JsonNode token(ApplianceProcess appliance) {
        for (JsonNode check : Blocks.json(appliance.health("ready")).get("checks")) {
            if (check.path("data").has("epoch")) {
                return check.get("data");
            }
        }
        throw new AssertionError("expected a check of the token, found " + appliance.health("ready"));
    }
}
