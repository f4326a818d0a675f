package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Ledger;
import org.sealkeeper.testing.PostgresServer;

/** An appliance whose store is a database of a PostgreSQL server, reached by TLS. */
class PostgresIT {
    private static final String CONTEXT = "\"context\":{\"report\":\"r-1\"},\"recipient\":\"lab-a\"";

    private static final String POLICY = """
            roles:
              nodes: [{certificate: "urn:sealkeeper:node:node-a"}]
              labs: [{certificate: "urn:sealkeeper:lab:lab-a"}]
            grants:
              - {name: nodes-sign, roles: [nodes], operations: [sign-block, read-chain], chains: [lab-a]}
              - {name: lab-seals, roles: [labs], operations: [generate-data-key], keys: [patient-data]}
              - {name: lab-opens, roles: [labs], operations: [unwrap-data-key], keys: [patient-data], purposes: [HOPERAT]}
            denials: []
            separationExceptions: []
            ...
            """;

    private static PostgresServer server;

    @TempDir
    static Path folder;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Test
    void whatWasSignedSurvivesTheServerAndTheAppliance() throws Exception {
        Home home = Home.provisionOn(server, folder);
        home.write("policy.yaml", POLICY);
        home.enroll("lab-a");
        try (var node = Caller.of(home, "node-a");
                var lab = Caller.of(home, "lab-a")) {
            Ledger ledger;
            try (var appliance = ApplianceProcess.start(home)) {
                ledger = new Ledger(node.get("/.well-known/jwks.json").body());
                assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
                assertThatADataKeyIsReleased(lab);

                server.kill();
                HttpResponse<String> refused = ledger.ask(node);
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(refused.body()).contains("urn:sealkeeper:problem:store-unavailable");
                assertThat(appliance.health("ready")).contains("the store could not");

                server.restart();
                appliance.awaitReady();
                assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
                appliance.kill();
            }
            try (var appliance = ApplianceProcess.start(home)) {
                assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
                assertThatADataKeyIsReleased(lab);
                ledger.assertThatNoHeightHasTwoHashes();
                ledger.assertThatNothingIsLost(node.get("/v1/chains/lab-a/blocks?from=0", "application/x-ndjson")
                        .body());
                assertThat(appliance.output()).doesNotContain("\tat ");
            }
        }
    }

    @Test
    void anEmbeddedStoreIsMovedAndItsLedgerGoesOn(@TempDir Path own) throws Exception {
        Home home = Home.provision(own);
        String address = server.newDatabase(own) + "?passwordFile=postgresql.password&certificateAuthorities="
                + server.certificate() + "&state=state&appliance=a";
        try (var node = Caller.of(home, "node-a")) {
            Ledger ledger;
            try (var _ = ApplianceProcess.start(home)) {
                ledger = new Ledger(node.get("/.well-known/jwks.json").body());
                assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
                assertThat(home.sealkeeper("store", "migrate", "--to", address).exitCode())
                        .isEqualTo(3);
                assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
            }
            Command moved = home.sealkeeper("store", "migrate", "--to", address).succeeded();
            String last = moved.out().lines().toList().getLast();
            home.write(
                    "appliance.yaml",
                    home.read("appliance.yaml").replaceFirst("store: .*", last.substring(last.indexOf("store: \""))));
            try (var _ = ApplianceProcess.start(home)) {
                assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
                ledger.assertThatNoHeightHasTwoHashes();
                ledger.assertThatNothingIsLost(node.get("/v1/chains/lab-a/blocks?from=0", "application/x-ndjson")
                        .body());
            }
        }
    }

    private static void assertThatADataKeyIsReleased(Caller lab) {
        HttpResponse<String> made = lab.post("/v1/data-keys", "{\"key\":\"patient-data\"," + CONTEXT + "}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode wrapped = Blocks.json(made).get("wrapped");
        HttpResponse<String> released = lab.post(
                "/v1/data-keys/unwrap", "{\"wrapped\":" + wrapped + ",\"purposeOfUse\":\"HOPERAT\"," + CONTEXT + "}");
        assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
    }
}
