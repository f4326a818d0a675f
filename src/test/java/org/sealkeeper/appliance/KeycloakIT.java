package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Keycloak;

/** A real identity provider's tokens, found by discovery; run by the profile of the same name alone. */
@Tag("keycloak")
class KeycloakIT {
    private static final String CHAIN = "/v1/chains/edwards/blocks";

    @TempDir
    Path folder;

    @Test
    void aNodeSignsWithABoundTokenAndADoctorReadsWithAToken() {
        Home home = Home.provision(folder);
        Path pki = home.folder().resolve("pki");
        try (var keycloak = Keycloak.start(folder, pki)) {
            configure(home, keycloak.issuer());
            String node = keycloak.token(
                    "node-b", "grant_type=client_credentials&client_id=ledger-node&client_secret=development-only");
            String doctor = keycloak.token(
                    "node-b",
                    "grant_type=password&client_id=portal&username=dr-b&password=development-only&scope=openid");
            try (var appliance = ApplianceProcess.start(home);
                    var nodeA = Caller.of(home, "node-a");
                    var nodeB = Caller.of(home, "node-b");
                    var anonymous = Caller.anonymous(home)) {
                HttpResponse<String> signed = sign(nodeB, node);
                assertThat(signed.statusCode()).as(signed.body()).isEqualTo(201);
                assertThat(sign(nodeA, node).statusCode()).isEqualTo(401);
                assertThat(sign(anonymous, node).statusCode()).isEqualTo(401);
                assertThat(read(anonymous, doctor).statusCode()).isEqualTo(200);
                assertThat(sign(anonymous, doctor).statusCode()).isEqualTo(403);
                assertThat(appliance.output()).doesNotContain("ERROR");
            }
        }
    }

    private static void configure(Home home, String issuer) {
        home.write("issuers.yaml", """
                issuers:
                  - issuer: %s
                    audience: sealkeeper
                    accessTokens: {claim: typ, value: Bearer}
                    keys: discovery
                    authorities: pki/ca.pem
                    algorithms: [ES256]
                    clockSkewSeconds: 5
                    boundToCertificate: optional
                    maxLifetimeSeconds: 900
                """.formatted(issuer));
        home.write("policy.yaml", """
                roles:
                  nodes: [{certificate: "urn:sealkeeper:node:*", issuer: "%1$s", claims: {azp: ledger-node}}]
                  doctors: [{issuer: "%1$s", claims: {preferred_username: dr-b}}]
                grants:
                  - {name: nodes-sign, roles: [nodes], operations: [sign-block], chains: [edwards]}
                  - {name: doctors-read, roles: [doctors], operations: [read-chain], chains: [edwards]}
                denials: []
                separationExceptions: []
                ...
                """.formatted(issuer));
    }

    private static HttpResponse<String> sign(Caller caller, String token) {
        return caller.send(caller.request(CHAIN)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(Blocks.request("keycloak", 0))));
    }

    private static HttpResponse<String> read(Caller caller, String token) {
        return caller.send(caller.request("/v1/chains/edwards").header("Authorization", "Bearer " + token));
    }
}
