package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.KindsOfLeaves;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.ceremony.CeremonySteps;
import org.sealkeeper.ceremony.TestOfficers;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.Ledger;
import org.sealkeeper.testing.TokenFault;

/** An appliance with two tokens, of which one dies under load, comes back, is away at a start, and is lost in the end. */
class SeveralTokensIT {
    private static final int NODES = 4;

    @TempDir
    private static Path folder;

    @Test
    void oneTokenIsNotTheEnd() throws Exception {
        Home home = Home.provision(folder);
        FaultyModule second = home.secondToken();
        Ledger ledger;
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            ledger = new Ledger(node.get("/.well-known/jwks.json").body());
            eachTokenHasAKeyOfItsOwn(home, node);
            aTokenThatDiesFailsNoRequest(home, second, ledger, node, appliance);
        }
        aTokenThatIsAwayAtTheStartIsUsedOnceItIsBack(home, second, ledger);
        aTokenThatMayRememberMoreIsMissed(home, second, ledger);
        ledger.assertThatNoHeightHasTwoHashes();
    }

    private static void eachTokenHasAKeyOfItsOwn(Home home, Caller node) {
        List<JsonNode> keys = home.here("keys", "list", "--json", "--config", "@/appliance.yaml")
                .succeeded()
                .out()
                .lines()
                .map(Blocks::json)
                .filter(key -> key.get("alias").asText().equals("lab-a-blocks"))
                .toList();
        assertThat(keys).extracting(key -> key.get("token").asText()).containsExactly("sealkeeper", "second");
        JsonNode chain = Blocks.json(node.get("/v1/chains/lab-a"));
        assertThat(chain.get("keyIds"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        keys.stream().map(key -> key.get("keyId").asText()).toList());
    }

    private static void aTokenThatDiesFailsNoRequest(
            Home home, FaultyModule second, Ledger ledger, Caller node, ApplianceProcess appliance) throws Exception {
        String first = keyId(home, "sealkeeper");
        String other = keyId(home, "second");
        try (var load = new AnsweredLoad(home, ledger, NODES)) {
            load.awaitKeys(Set.of(first, other));
            try (InjectedFault away = second.inject(TokenFault.away())) {
                away.awaitHappened(1);
                load.awaitAnswers(20);
                load.awaitAnswers(20);
                assertThat(load.keys()).containsExactly(first);
            }
            load.awaitKeys(Set.of(first, other));
            assertThat(load.failures()).isEmpty();
        }
        ledger.assertThatNothingIsLost(
                node.get("/v1/chains/lab-a/blocks", "application/x-ndjson").body());
        assertThat(appliance.health("ready")).contains("\"second.state\": \"ready\"");
        theLogNamesTheTokensAndIsValid(home);
    }

    private static void theLogNamesTheTokensAndIsValid(Home home) throws Exception {
        List<JsonNode> leaves = leavesOfVerifiedLog(home, "log");
        assertThat(leaves)
                .filteredOn(leaf -> leaf.get("operation").asText().equals("sign-block"))
                .extracting(leaf -> leaf.get("token").asText())
                .contains("sealkeeper", "second");
        assertThat(leaves)
                .filteredOn(leaf -> leaf.path("reason").asText().equals("token-down"))
                .extracting(leaf -> leaf.get("token").asText())
                .containsOnly("second");
    }

    private static List<JsonNode> leavesOfVerifiedLog(Home home, String mirror) {
        home.fetchLog(mirror);
        home.here("audit", "verify", "@/" + mirror, "--vkeys", "@/audit.vkeys").succeeded();
        return home.here("audit", "search", "--json", "@/" + mirror)
                .succeeded()
                .out()
                .lines()
                .map(entry -> Blocks.json(entry).get("leaf"))
                .toList();
    }

    private static void aTokenThatIsAwayAtTheStartIsUsedOnceItIsBack(Home home, FaultyModule second, Ledger ledger)
            throws Exception {
        // Both remember: without the second it is not known which of them knows more.
        try (InjectedFault _ = second.inject(TokenFault.away());
                var appliance = ApplianceProcess.launchFast(home)) {
            assertThat(appliance.awaitExit()).isEqualTo(3);
            assertThat(appliance.output())
                    .contains("may be remembered by the token 'second' alone")
                    .contains("sealkeeper token forget --help");
        }
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            try (InjectedFault _ = second.inject(TokenFault.away())) {
                Await.until(() -> appliance.health("ready").contains("\"second.state\": \"down\""));
                assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
                appliance.kill();
            }
        }
        InjectedFault away = second.inject(TokenFault.away());
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
            away.close();
            Await.until(() -> appliance.health("ready").contains("\"second.state\": \"ready\""));
            Await.until(() -> appliance.output().contains("the token second remembers again what is signed"));
            assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
        }
    }

    private static void aTokenThatMayRememberMoreIsMissed(Home home, FaultyModule second, Ledger ledger)
            throws Exception {
        var officers = new TestOfficers(home.folder()).with("alice").with("bob");
        officers.with("carol").write("none");
        home.configured("officers", "set", "-f", "@/officers.yaml").succeeded();
        try (InjectedFault _ = second.inject(TokenFault.away())) {
            officersForgetTheToken(home);
            home.write("appliance.yaml", home.read("appliance.yaml").replaceFirst(", \\{[^}]*label: second[^}]*}", ""));
            try (var _ = ApplianceProcess.start(home);
                    var node = Caller.of(home, "node-a")) {
                assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
                ledger.assertThatNothingIsLost(node.get("/v1/chains/lab-a/blocks", "application/x-ndjson")
                        .body());
                List<JsonNode> leaves = leavesOfVerifiedLog(home, "log-of-one");
                Set<String> kinds = new TreeSet<>();
                for (JsonNode leaf : leaves) {
                    kinds.addAll(
                            KindsOfLeaves.of(RecordedLeaf.parse(leaf.toString().getBytes(UTF_8))));
                }
                assertThat(kinds).containsAll(KindsOfLeaves.ofSeveralTokens());
            }
        }
    }

    private static void officersForgetTheToken(Home home) throws IOException {
        Command alone = home.sealkeeper("token", "forget", "--label", "second");
        assertThat(alone.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(alone.err()).contains("officers approve changes of this kind (forget-token)");
        Files.createDirectory(home.folder().resolve("requests"));
        var steps = new CeremonySteps(home.folder(), home::here, home::asProcess, "@/pins/so.pin");
        Path request = steps.request("token", "forget", "--label", "second");
        assertThat(steps.execute(request, steps.approve(request, "alice"), steps.approve(request, "bob"))
                        .succeeded()
                        .out())
                .contains("forget-token: forgotten");
    }

    private static String keyId(Home home, String token) {
        return home.here("keys", "list", "--json", "--config", "@/appliance.yaml")
                .succeeded()
                .out()
                .lines()
                .map(Blocks::json)
                .filter(key -> key.get("alias").asText().equals("lab-a-blocks")
                        && key.get("token").asText().equals(token))
                .map(key -> key.get("keyId").asText())
                .findFirst()
                .orElseThrow();
    }

    /** Nodes at work, and what they are answered. */
    private static final class AnsweredLoad implements AutoCloseable {
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final List<String> keys = new CopyOnWriteArrayList<>();
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private volatile boolean stopped;

        AnsweredLoad(Home home, Ledger ledger, int nodes) {
            for (int i = 0; i < nodes; i++) {
                threads.execute(() -> run(home, ledger));
            }
        }

        private void run(Home home, Ledger ledger) {
            try (var node = Caller.of(home, "node-a")) {
                while (!stopped) {
                    HttpResponse<String> answer = ledger.ask(node);
                    if (answer.statusCode() / 100 == 2) {
                        keys.add(Blocks.json(answer).get("keyId").asText());
                    } else if (answer.statusCode() != 409) {
                        failures.add(answer.statusCode() + " " + answer.body());
                    }
                }
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
        }

        /** Those that were neither signed nor in conflict with another node's. */
        List<String> failures() {
            return failures;
        }

        /** With which keys the blocks were signed since it was last forgotten. */
        Set<String> keys() {
            return Set.copyOf(keys);
        }

        void forget() {
            keys.clear();
        }

        void awaitKeys(Set<String> all) throws InterruptedException {
            forget();
            Await.until(() -> keys().containsAll(all));
        }

        void awaitAnswers(int count) throws InterruptedException {
            forget();
            Await.until(() -> keys.size() >= count);
        }

        @Override
        public void close() {
            stopped = true;
            threads.close();
        }
    }
}
