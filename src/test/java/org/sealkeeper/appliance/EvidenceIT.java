package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;

/** Bundles are made beside an appliance, and judged by somebody who has its public keys of that day. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EvidenceIT {
    private static final String CHAIN = "/v1/chains/lab-a";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Home home;
    private static ApplianceProcess appliance;

    @BeforeAll
    static void signThreeBlocks() {
        home = Home.provision(folder);
        appliance = ApplianceProcess.start(home);
        try (var node = Caller.of(home, "node-a")) {
            for (int height = 0; height < 3; height++) {
                assertThat(node.post(CHAIN + "/blocks", Blocks.request("evidence", height))
                                .statusCode())
                        .isEqualTo(201);
            }
            home.write("jwks.json", node.get("/.well-known/jwks.json").body());
        }
        home.write("audit.vkeys", exported("vkeys"));
        makeBlock(2, "block.json", "--with-policy");
        makeBlock(1, "other.json");
    }

    @AfterAll
    static void stop() {
        appliance.close();
        assertThat(appliance.output()).doesNotContain("ERROR");
    }

    private static String exported(String format) {
        return home.here("keys", "export", "--format", format, "--config", "@/appliance.yaml")
                .succeeded()
                .out();
    }

    /** A checkpoint has the leaf within a second. */
    private static void makeBlock(int height, String file, String... more) {
        Await.until(() -> make(file, List.of("--chain", "lab-a", "--height", String.valueOf(height)), more)
                        .exitCode()
                == 0);
    }

    private static Command make(String file, List<String> about, String... more) {
        return home.here(Stream.of(
                        List.of("evidence", "make", "--out", "@/" + file, "--config", "@/appliance.yaml"),
                        about,
                        List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private static Command verify(String file) {
        return home.here("evidence", "verify", "@/" + file, "--vkeys", "@/audit.vkeys", "--keys", "@/jwks.json");
    }

    @Test
    @Order(1)
    void aSignedBlockIsProvenClaimByClaim() {
        Command judged = verify("block.json");
        assertThat(judged.succeeded().out())
                .startsWith("it says: 20")
                .contains("  sign-block done  by urn:sealkeeper:node:node-a  chain lab-a height 2")
                .contains("true     block-signed: block 2 of chain lab-a, hash ")
                .contains("true     links-to-predecessor: its previousHash is the hash of block 1")
                .contains("true     recorded: the leaf says that this block was signed, with this key, at ")
                .contains("true     in-log: each of 3 leaves")
                .contains("true     checkpoint-signed: ")
                .contains("unknown  witnessed: no witnesses were named (--policy)")
                .contains("true     decided-by-policy: the rule ")
                .contains("true     certificate-of-key: ")
                .contains("true     key-in-use: ")
                .endsWith("VALID: evidence about a block\n");
        assertThat(verify("other.json").succeeded().out())
                .as("without the policy's text")
                .contains("unknown  decided-by-policy: the rule ");
        assertThat(home.read("block.json")).as("what the schema knows").satisfies(EvidenceIT::isOfTheSchema);
    }

    private static void isOfTheSchema(String bundle) {
        try {
            JsonNode schema =
                    JSON.readTree(Path.of("docs/formats/evidence.schema.json").toFile());
            Set<String> known = names(schema.get("properties"));
            JsonNode json = JSON.readTree(bundle);
            assertThat(known).containsAll(names(json));
            assertThat(names(json))
                    .containsAll(schema.get("required")
                            .valueStream()
                            .map(JsonNode::asText)
                            .toList());
            assertThat(names(json.get("leaves").get(0))).isEqualTo(names(schema.at("/$defs/leaf/properties")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String canonical(JsonNode bundle) {
        return "{"
                + names(bundle).stream()
                        .map(name -> "\"" + name + "\":" + bundle.get(name))
                        .collect(Collectors.joining(","))
                + "}";
    }

    @Test
    @Order(3)
    void nothingIsBelievedBecauseTheBundleSaysIt() throws IOException {
        assertThat(home.here("evidence", "verify", "@/block.json", "--vkeys", "@/audit.vkeys")
                        .err())
                .contains("expected the keys that sign blocks in --keys");
        home.write("others.vkeys", SoftwareLog.named("lab-p.example/peer").verifier() + "\n");
        Command otherLog =
                home.here("evidence", "verify", "@/block.json", "--vkeys", "@/others.vkeys", "--keys", "@/jwks.json");
        assertThat(otherLog.out()).contains("false    checkpoint-signed: ", "true     block-signed: ");
        assertThat(otherLog.exitCode()).isEqualTo(ExitCode.INVALID);
        Files.writeString(folder.resolve("note.json"), home.read("block.json") + " ");
        assertThat(verify("note.json").err()).contains("note.json: not a bundle of evidence: expected ");
        assertThat(verify("jwks.json").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    /** The history of the key could stand under a checkpoint that witnesses saw, and the signature under one that they did not. */
    @Test
    @Order(4)
    void leavesUnderDifferentCheckpointsProveNothingTogether() throws IOException {
        try (var node = Caller.of(home, "node-a")) {
            assertThat(node.post(CHAIN + "/blocks", Blocks.request("evidence", 3))
                            .statusCode())
                    .isEqualTo(201);
        }
        makeBlock(3, "later.json");
        var bundle = (ObjectNode) JSON.readTree(home.read("block.json"));
        bundle.set("history", JSON.readTree(home.read("later.json")).get("history"));
        home.write("mixed.json", canonical(bundle));
        Command judged = verify("mixed.json");
        assertThat(judged.out()).contains("false    in-log: the leaves are not proven to one checkpoint");
        assertThat(judged.exitCode()).isEqualTo(ExitCode.INVALID);
    }

    @Test
    @Order(4)
    void whatALeafSaysIsProvenWithTheLeavesThatItNames() {
        Command leaf = make("leaf.json", List.of("--leaf", "0"), "--json");
        assertThat(leaf.succeeded().out()).contains("\"about\":\"leaf\"");
        assertThat(verify("leaf.json").succeeded().out())
                .contains("true     named-leaves: ", "unknown  decided-by-policy: no policy decided this")
                .endsWith("VALID: evidence about a leaf\n");
        assertThat(make("none.json", List.of("--leaf", "4711")).err())
                .contains("expected a leaf below the size of the log's checkpoint, found 4711");
        assertThat(make("none.json", List.of("--chain", "lab-a", "--height", "99"))
                        .err())
                .contains("chain 'lab-a' has no signed block 99 in this store");
    }

    /** With the public keys of the day on which it was made. */
    @Test
    @Order(5)
    void aBundleIsValidAfterEveryKeyInItWasRotatedAndDestroyed() throws Exception {
        for (String alias : List.of("lab-a-blocks", "audit-p256", "audit-ed25519")) {
            home.configured("keys", "rotate", "--alias", alias).succeeded();
            home.configured("keys", "change-state", "--alias", alias, "--version-number", "1", "--to", "deactivated");
        }
        Await.until(() ->
                home.configured("keys", "destroy-version", "--alias", "lab-a-blocks", "--version-number", "1", "--yes")
                                .exitCode()
                        == 0);
        for (String alias : List.of("audit-p256", "audit-ed25519")) {
            Await.until(
                    () -> home.configured("keys", "destroy-version", "--alias", alias, "--version-number", "1", "--yes")
                                    .exitCode()
                            == 0);
        }
        assertThat(verify("block.json").succeeded().out()).endsWith("VALID: evidence about a block\n");
        String first = Blocks.json(
                        JSON.readTree(home.read("block.json")).get("block").asText())
                .get("keyId")
                .asText();
        home.write("audit.vkeys", exported("vkeys"));
        Await.until(() ->
                make("key.json", List.of("--key-id", first)).succeeded().out().contains("3 of the key's history"));
        assertThat(verify("key.json").succeeded().out())
                .contains("true     key-history: 3 leaves say what became of the key " + first)
                .endsWith("VALID: evidence about a key\n");
    }
}
