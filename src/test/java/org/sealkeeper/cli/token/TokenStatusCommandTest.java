package org.sealkeeper.cli.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.TestAppliance;

/** {@code token status}, to the letter where it is read by people; with servers that answer as appliances do, and without one. */
class TokenStatusCommandTest {
    private static final Path RESOURCES = Path.of("src/test/resources/cli/token");
    private static final String PROMPT = "$ sealkeeper ";
    /** Of the folder of the test, and of the ports of its servers, which differ each time. */
    private static final String PORT = "127\\.0\\.0\\.1:\\d+";

    @TempDir
    private Path folder;

    private TestAppliance appliance;
    private final List<HttpServer> servers = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        appliance = TestAppliance.in(folder);
        String lab = Files.readString(appliance.config())
                .replace(appliance.token().label().value(), "lab");
        appliance.write("nowhere.yaml", lab);
        for (String name : List.of("ready", "down", "two", "another", "stranger", "page", "older")) {
            appliance.write(name + ".yaml", file(name, lab).replace("port: 1}", "port: " + serving(name) + "}"));
        }
    }

    private static String file(String name, String lab) {
        return name.equals("two")
                ? lab.replaceFirst("tokens: \\[(.*)label: lab(.*)]", "tokens: [$1label: lab$2, $1label: lab 2$2]")
                : lab;
    }

    /** Serves what the file of this name says; where there is none, 404. */
    private int serving(String name) throws IOException {
        Path file = RESOURCES.resolve(name + ".json");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        if (Files.exists(file)) {
            byte[] report = Files.readAllBytes(file);
            server.createContext("/q/tokens", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, report.length);
                    exchange.getResponseBody().write(report);
                }
            });
        }
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void theTranscriptIsReplayedToTheLetter() throws IOException {
        String expected = Files.readString(RESOURCES.resolve("token.transcript"), UTF_8);
        var replayed = new StringBuilder();
        for (String line : expected.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                replayed.append(line).append('\n').append(replay(line.substring(PROMPT.length())));
            }
        }
        assertThat(replayed).hasToString(expected);
    }

    private String replay(String words) {
        Command answer = CommandHere.run(folder, words.split(" "));
        return (answer.out() + answer.err()).replace(folder + "/", "@/").replaceAll(PORT, "127.0.0.1:PORT") + "[exit "
                + answer.exitCode() + "]\n";
    }

    @Test
    void whereNothingListensTheTokenItselfIsAskedWithoutALogin() throws IOException {
        Files.delete(appliance.token().userPin());

        Command text = CommandHere.run(folder, "token", "status", "--config", "@/appliance.yaml");
        assertThat(text.succeeded().out())
                .startsWith("token                " + appliance.token().label() + "\n")
                .contains("state                not in use by an appliance here\n")
                .contains("for ES256            CKM_ECDSA offered\n")
                .doesNotContain("epoch", "pool ");

        JsonNode json = Blocks.json(CommandHere.run(folder, "token", "status", "--json", "--config", "@/appliance.yaml")
                .succeeded()
                .out());
        assertThat(json.fieldNames()).toIterable().containsExactly("label", "serial", "state", "token");
        assertThat(json.get("state").asText()).isEqualTo("not-in-use");
        assertThat(json.at("/token/flags").toString()).contains("CKF_USER_PIN_INITIALIZED");
    }
}
