package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.TokenFault;

/** Data keys of an appliance that gets a second token, which is then away for a while. */
class DataKeysOfSeveralTokensIT {
    private static final String POLICY = """
            roles:
              labs: [{certificate: "urn:sealkeeper:lab:lab-a"}]
            grants:
              - {name: lab-makes, roles: [labs], operations: [generate-data-key], keys: [patient-data]}
              - {name: lab-opens, roles: [labs], operations: [unwrap-data-key], keys: [patient-data], purposes: [HOPERAT]}
            denials: []
            ...
            """;

    @TempDir
    private static Path folder;

    @Test
    void dataKeysAreMadeAndOpenedWhicheverTokenIsThere() throws Exception {
        Home home = Home.provision(folder);
        home.write("policy.yaml", POLICY);
        FaultyModule module = home.secondToken();
        home.configured("keys", "rotate", "--alias", "patient-data", "-f", "@/keys.yaml")
                .succeeded();
        enroll(home);
        try (var appliance = ApplianceProcess.start(home);
                var lab = Caller.of(home, "lab-a")) {
            String inBoth = made(lab);
            assertThat(tokens(inBoth)).containsExactly("sealkeeper", "second");
            String inOne;
            try (InjectedFault _ = module.inject(TokenFault.away())) {
                Await.until(() -> appliance.health("ready").contains("\"second.state\": \"down\""));
                open(lab, inBoth);
                inOne = made(lab);
                assertThat(tokens(inOne)).containsExactly("sealkeeper");
                open(lab, inOne);
            }
            Await.until(() -> appliance.health("ready").contains("\"second.state\": \"ready\""));
            open(lab, inOne);
            assertThat(tokens(made(lab))).containsExactly("sealkeeper", "second");
            assertThat(appliance.output())
                    .containsOnlyOnce("new data keys of 'patient-data' are not wrapped for second")
                    .containsOnlyOnce("new data keys of 'patient-data' are wrapped for all of its tokens again");
        }
    }

    private static void enroll(Home home) {
        home.here("dev-pki", "--out", "@/pki", "--recipient", "lab-a").succeeded();
        home.configured(
                        "recipients",
                        "enroll",
                        "--name",
                        "lab-a",
                        "--certificate",
                        "@/pki/recipient-lab-a.pem",
                        "--so-pin-file",
                        "sealkeeper=@/pins/so.pin",
                        "--so-pin-file",
                        "second=@/pins/second-so.pin")
                .succeeded();
    }

    private static String made(Caller lab) {
        JsonNode made = Blocks.json(answered(201, lab.post("/v1/data-keys", """
                {"key":"patient-data","context":{"report":"r-1"},"recipient":"lab-a"}""")));
        return made.get("wrapped").asText();
    }

    private static void open(Caller lab, String wrapped) {
        String released = answered(200, lab.post("/v1/data-keys/unwrap", """
                {"wrapped":"%s","context":{"report":"r-1"},"purposeOfUse":"HOPERAT","recipient":"lab-a"}
                """.formatted(wrapped)));
        assertThat(Blocks.json(released).get("recipient").asText()).isEqualTo("lab-a");
    }

    private static String answered(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    /** Those that the text names. */
    private static List<String> tokens(String wrapped) {
        String text = new String(Base64.getUrlDecoder().decode(wrapped), StandardCharsets.ISO_8859_1);
        return List.of("sealkeeper", "second").stream().filter(text::contains).toList();
    }
}
