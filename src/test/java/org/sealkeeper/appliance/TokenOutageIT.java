package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** What an operator and an auditor see of a token that fails: readiness, alarms and leaves; and in the end, the end of the process. */
class TokenOutageIT {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private static Path folder;

    private final BlockingQueue<JsonNode> alarms = new LinkedBlockingQueue<>();

    @Test
    void anOutageIsToldAndPassesAndOneThatCannotPassEndsTheProcess() throws Exception {
        Home home = Home.provision(folder);
        FaultyModule module = home.faultyToken();
        home.write("faulty/profile.yaml", home.read("faulty/profile.yaml").replaceFirst("deadlineMillis: .*", """
                        deadlineMillis: 1000
                        hardDeadlineSeconds: 8
                        probeSeconds: 1"""));
        HttpsServer webhook = webhook();
        home.write(
                "appliance.yaml",
                home.read("appliance.yaml")
                        .replace(
                                "webhook: none",
                                "webhook: \"https://localhost:"
                                        + webhook.getAddress().getPort() + "/alarm\""));
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a");
                var auditor = Caller.of(home, "auditor")) {
            var ledger = new Ledger(node.get("/.well-known/jwks.json").body());
            aTokenThatIsAwayComesBack(module, appliance, node, ledger);
            aRefusedPinWaitsForAnother(home, module, appliance, node, ledger);
            awaitLeaves(
                    auditor, "token-down", "done", "token-recovering", "token-auth-failed", "token-recovering", "done");
            callsThatNeverReturnEndTheProcess(module, appliance, node, ledger);
        } finally {
            webhook.stop(0);
        }
    }

    private void aTokenThatIsAwayComesBack(FaultyModule module, ApplianceProcess appliance, Caller node, Ledger ledger)
            throws Exception {
        try (InjectedFault _ = module.inject(TokenFault.away())) {
            awaitAlarm("token-down");
            assertThat(ledger.ask(node).statusCode()).isEqualTo(503);
            assertThat(appliance.health("ready")).contains("\"state\": \"down\"");
            assertThat(appliance.health("live")).contains("UP").doesNotContain("DOWN");
        }
        awaitAlarm("token-ready");
        appliance.awaitReady();
        assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
    }

    private void aRefusedPinWaitsForAnother(
            Home home, FaultyModule module, ApplianceProcess appliance, Caller node, Ledger ledger) throws Exception {
        Path file = home.folder().resolve("pins/user.pin");
        String right = Files.readString(file);
        Files.writeString(file, "wrong-0123456789");
        long logins = module.calls("C_Login");
        InjectedFault _ = module.inject(TokenFault.loggedOut());
        awaitAlarm("token-auth-failed");
        assertThat(ledger.ask(node).statusCode()).isEqualTo(503);
        assertThat(module.calls("C_Login") - logins).isEqualTo(1);

        Files.writeString(file, right);

        awaitAlarm("token-ready");
        appliance.awaitReady();
        assertThat(ledger.ask(node).statusCode()).isEqualTo(201);
        assertThat(module.calls("C_Login") - logins).isEqualTo(2);
    }

    private void callsThatNeverReturnEndTheProcess(
            FaultyModule module, ApplianceProcess appliance, Caller node, Ledger ledger) throws Exception {
        try (InjectedFault _ = module.inject(TokenFault.hang("C_Sign"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(ledger.ask(node).statusCode()).isEqualTo(503);
            }
            awaitAlarm("token-down");
            assertThat(appliance.awaitExit()).isEqualTo(3);
        }
        assertThat(appliance.output()).contains("this process can only end, and be started anew");
    }

    private void awaitAlarm(String event) throws InterruptedException {
        JsonNode alarm = alarms.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(alarm).isNotNull();
        assertThat(alarm.get("event").asText()).as("%s", alarm).isEqualTo(event);
        assertThat(alarm.get("reason").asText()).isNotEmpty();
    }

    /** A leaf is shown with the next checkpoint. */
    private static void awaitLeaves(Caller auditor, String... expected) {
        var last = expected[expected.length - 1];
        Await.until(() -> {
            List<String> shown = states(auditor);
            return shown.size() >= expected.length && shown.getLast().equals(last);
        });
        assertThat(states(auditor)).containsSubsequence(expected);
    }

    /** What the leaves say of the token, the oldest first. */
    private static List<String> states(Caller auditor) {
        JsonNode found = Blocks.json(auditor.get("/v1/audit/entries?operation=change-token-state"));
        return Stream.of(found)
                .flatMap(page -> page.get("entries").findValues("leaf").stream())
                .map(leaf -> leaf.path("reason").asText(leaf.get("outcome").asText()))
                .toList();
    }

    private HttpsServer webhook() throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Path pki = folder.resolve("pki");
        server.setHttpsConfigurator(new HttpsConfigurator(
                Caller.tls(pki.resolve("ca.pem"), pki.resolve("server.pem"), pki.resolve("server.key"))));
        server.createContext("/alarm", exchange -> {
            alarms.add(Blocks.json(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
