package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.ShownLeaves;

/** The policy decides at every door, and a change of it is felt without a restart. */
class PolicyIT {

    @TempDir
    static Path folder;

    @Test
    void whatThePolicyTakesIsRefusedAtOnceAndABadPolicyTakesNothing() {
        Home home = Home.provision(folder);
        String policy = home.read("policy.yaml");
        try (var appliance = ApplianceProcess.startBare(home);
                var node = Caller.of(home, "node-a");
                var auditor = Caller.of(home, "auditor")) {
            assertThat(sign(node, 0)).isEqualTo(201);

            home.write("policy.yaml", policy.replace("urn:sealkeeper:node:node-a", "urn:sealkeeper:node:node-x"));
            Await.until(() -> sign(node, 0) == 403);
            assertThat(node.get("/v1/chains/lab-a").statusCode()).isEqualTo(403);
            assertThat(node.get("/v1/keys").statusCode()).isEqualTo(200);

            home.write("policy.yaml", "grants: [everything]\n");
            Await.until(() -> appliance.health("live").contains("rejected"));
            assertThat(sign(node, 0)).isEqualTo(403);
            assertThat(appliance.output()).contains("the changed policy is not in force");

            home.write("policy.yaml", policy.replace(", verify-signature]", "]"));
            Await.until(() -> sign(node, 1) == 201);
            assertThat(node.post("/v1/blocks/verify", "{\"signature\":\"x\"}").statusCode())
                    .isEqualTo(403);
            String _ = ShownLeaves.of(auditor, "load-policy", "\"outcome\":\"done\"", "\"reason\":\"invalid-policy\"");
        }
    }

    private static int sign(Caller node, long height) {
        int status = node.post("/v1/chains/lab-a/blocks", Blocks.request("policy", height))
                .statusCode();
        return status == 200 ? 201 : status;
    }
}
