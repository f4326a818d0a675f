package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;

/** Two appliances, each with a token and a store of its own: a chain goes from one to the other, and back. */
class HandoverIT {
    private static final String BLOCKS = "/v1/chains/lab-a/blocks";

    @TempDir
    static Path folder;

    @Test
    void aChainIsSignedByOneApplianceAtATime() throws Exception {
        Home here = Home.provision(Files.createDirectory(folder.resolve("here")));
        Home there = Home.provision(Files.createDirectory(folder.resolve("there")));
        there.write("audit.yaml", there.read("audit.yaml").replace("lab-a.example", "lab-b.example"));
        vkeys(here, there);
        vkeys(there, here);

        signThreeAndHandOver(here);
        there.write("lab-a.guard", here.read("lab-a.guard"));
        assertThatNoOtherFileIsTaken(there);
        assertThat(load(there, "@/lab-a.guard").succeeded().out())
                .isEqualTo("chain lab-a: goes on here above height 2, handover 1\n");
        assertThat(load(there, "@/lab-a.guard").succeeded().out()).contains("was imported before");
        goOn(there);

        there.configured(
                        "guard",
                        "export",
                        "--chain",
                        "lab-a",
                        "--to",
                        "lab-a.example/sealkeeper",
                        "--out",
                        "@/back.guard")
                .succeeded();
        here.write("back.guard", there.read("back.guard"));
        assertThat(load(there, "@/lab-a.guard").err()).contains("this store knows of handover 2 to lab-a.example/");
        assertThat(load(here, "@/lab-a.guard").exitCode()).isEqualTo(1);
        assertThat(load(here, "@/back.guard").succeeded().out())
                .isEqualTo("chain lab-a: goes on here above height 3, handover 2\n");
        comeBack(here);
    }

    private static void vkeys(Home of, Home trustedBy) {
        trustedBy.write(
                "other.vkeys",
                of.here("keys", "export", "--format", "vkeys", "--config", "@/appliance.yaml")
                        .succeeded()
                        .out());
    }

    private static Command export(Home home, String out) {
        return home.configured(
                "guard", "export", "--chain", "lab-a", "--to", "lab-b.example/sealkeeper", "--out", "@/" + out);
    }

    private static Command load(Home home, String file) {
        return home.configured("guard", "import", file, "--trust", "@/other.vkeys");
    }

    /** Beside the running appliance, and once more where it is stopped. */
    private static void signThreeAndHandOver(Home home) {
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            for (long height = 0; height < 3; height++) {
                assertThat(node.post(BLOCKS, Blocks.request("moved", height)).statusCode())
                        .isEqualTo(201);
            }
            assertThat(export(home, "lab-a.guard").succeeded().out())
                    .startsWith("chain lab-a: closed at height 2 for lab-b.example/sealkeeper, handover 1, by leaf ");

            var refused = node.post(BLOCKS, Blocks.request("moved", 3));
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body())
                    .contains("urn:sealkeeper:problem:chain-closed")
                    .contains("\"handedOverTo\":\"lab-b.example/sealkeeper\"");
            assertThat(node.post(BLOCKS, Blocks.request("moved", 2)).statusCode())
                    .isEqualTo(200);
            assertThat(node.get("/v1/chains/lab-a").body())
                    .contains("\"height\":2")
                    .contains("\"handedOverTo\":\"lab-b.example/sealkeeper\"");
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
        export(home, "again.guard").succeeded();
        assertThat(claims(home.read("again.guard"))).isEqualTo(claims(home.read("lab-a.guard")));
    }

    private static String claims(String file) {
        return file.lines()
                .filter(line -> line.startsWith("leaf ") || line.startsWith("index "))
                .toList()
                .toString();
    }

    private static void assertThatNoOtherFileIsTaken(Home home) {
        String file = home.read("lab-a.guard");
        home.write("forged.guard", file.replace("\"height\":2", "\"height\":1"));
        Command forged = load(home, "@/forged.guard");
        assertThat(forged.exitCode()).isEqualTo(1);
        assertThat(forged.err()).contains("forged.guard: expected the proof that leaf");

        Command untrusted = home.configured("guard", "import", "@/lab-a.guard", "--trust", "@/own.vkeys");
        assertThat(untrusted.exitCode()).isEqualTo(2);
        vkeysOfItself(home);
        untrusted = home.configured("guard", "import", "@/lab-a.guard", "--trust", "@/own.vkeys");
        assertThat(untrusted.exitCode()).isEqualTo(1);
        assertThat(untrusted.err()).contains("expected a log whose key was given, found that of another name");
    }

    private static void vkeysOfItself(Home home) {
        home.write(
                "own.vkeys",
                home.here("keys", "export", "--format", "vkeys", "--config", "@/appliance.yaml")
                        .succeeded()
                        .out());
    }

    private static void goOn(Home home) {
        home.write("chains.yaml", home.read("chains.yaml").replaceFirst("start: genesis", "$0\n    ceiling: 3"));
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            assertThat(node.post(BLOCKS, Blocks.request("another", 2)).body()).contains("height-regression");
            assertThat(node.post(BLOCKS, Blocks.request("moved", 3)).statusCode())
                    .isEqualTo(201);
            assertThat(node.post(BLOCKS, Blocks.request(3, Blocks.hash("moved", 2), Blocks.hash("another")))
                            .body())
                    .contains("conflicting-block");
            assertThat(node.post(BLOCKS, Blocks.request("moved", 4)).body())
                    .contains("urn:sealkeeper:problem:height-above-ceiling")
                    .contains("\"ceiling\":3");
            assertThat(node.get("/v1/chains/lab-a").body()).contains("\"ceiling\":3");
            Command whileItRuns = load(home, "@/lab-a.guard");
            assertThat(whileItRuns.exitCode()).isEqualTo(3);
            assertThat(whileItRuns.err()).contains("an appliance runs on this store; stop it first");
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
    }

    /** What the token remembers of the raised head agrees with the store. */
    private static void comeBack(Home home) {
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            assertThat(node.post(BLOCKS, Blocks.request("another", 3)).body()).contains("height-regression");
            assertThat(node.post(BLOCKS, Blocks.request("moved", 4)).statusCode())
                    .isEqualTo(201);
            assertThat(node.get("/v1/chains/lab-a").body()).doesNotContain("handedOverTo");
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
    }
}
