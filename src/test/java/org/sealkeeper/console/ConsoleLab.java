package org.sealkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ClientCertificate;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.sealkeeper.pki.IssuedCertificate;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Browser;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.ShownLeaves;
import org.sealkeeper.testing.Visitor;

/** An appliance with something to see on every page, and the callers who look at it. */
final class ConsoleLab implements AutoCloseable {
    /** Would be run where it is not shown as text; ends what isolates it from the rest of its line, and turns that around. */
    static final String HOSTILE = "\u2069\u202E\"><img src=x onerror=alert(1)><script>alert(1)</script>";

    /** More than a page has, of blocks and of leaves. */
    static final int BLOCKS = 52;

    /** Where those who look at it are. */
    static final String ZONE = "Asia/Tokyo";

    private final Home home;
    private final ApplianceProcess appliance;
    private final long emergency;

    private ConsoleLab(Home home) {
        this.home = home;
        this.appliance = ApplianceProcess.start(home);
        changePolicy();
        sign("node-a", "lab-a", BLOCKS);
        sign("node-b", "lab-b", 1);
        refuse();
        this.emergency = breakTheGlass();
        String _ = leaves("unwrap-data-key", "\"emergency\":" + emergency);
    }

    static ConsoleLab open(Path folder) {
        Home home = Home.provision(folder);
        home.enroll("lab-a", "clinician-a");
        home.here("dev-pki", "--out", "@/pki", "--client", "officer=urn:sealkeeper:officer:officer")
                .succeeded();
        Path pki = folder.resolve("pki");
        TestAuthority stranger = TestAuthority.of(
                        KeyFile.read(pki.resolve("ca.pem")).certificates().getFirst(), pki.resolve("ca.key"))
                .issue(HOSTILE.replaceAll("[\"=>]", "\\\\$0"), IssuedCertificate::client);
        Path _ = TestAuthority.write(pki.resolve("hostile.pem"), stranger.certificate());
        Path _ = TestAuthority.write(
                pki.resolve("hostile.key"),
                new PemObject("PRIVATE KEY", stranger.key().getEncoded()));
        home.write("policy.yaml", POLICY);
        home.write("appliance.yaml", home.read("appliance.yaml") + "keys: keys.yaml\n");
        home.write(
                "keys.yaml",
                home.read("keys.yaml")
                        .replace("{alias: lab-a-blocks,", "{alias: lab-a-blocks, cryptoperiodDays: 20,")
                        .replace("{alias: patient-data}", "{alias: patient-data, cryptoperiodDays: 365}"));
        return new ConsoleLab(home);
    }

    /** The leaf that began the emergency of the clinician. */
    long emergency() {
        return emergency;
    }

    /** Whose certificate and key lie in the home's folder {@code pki}; a stranger has none. */
    Visitor visitor(String caller) {
        Path pki = home.folder().resolve("pki");
        var options = new NewContextOptions()
                .setBaseURL(origin())
                .setIgnoreHTTPSErrors(true)
                .setLocale("en-GB")
                .setTimezoneId(ZONE)
                .setViewportSize(1280, 900);
        if (!caller.equals("stranger")) {
            options.setClientCertificates(List.of(new ClientCertificate(origin())
                    .setCertPath(pki.resolve(caller + ".pem"))
                    .setKeyPath(pki.resolve(caller + ".key"))));
        }
        Visitor visitor = Browser.ofThisJvm().visitor(options);
        visitor.page().setDefaultTimeout(30_000);
        return visitor;
    }

    String origin() {
        return "https://localhost:" + home.port();
    }

    /** The leaves of an operation, once they say all this. */
    String leaves(String operation, String... expected) {
        try (var auditor = Caller.of(home, "auditor")) {
            return ShownLeaves.of(auditor, operation, expected);
        }
    }

    /** What a caller without a browser gets for a form that says where it comes from. */
    HttpResponse<String> review(String caller, Object leaf, String site, String form) {
        try (var reviewer = Caller.of(home, caller)) {
            return reviewer.send(reviewer.request("/console/emergencies/" + leaf + "/review")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Sec-Fetch-Site", site)
                    .POST(BodyPublishers.ofString(form)));
        }
    }

    private void changePolicy() {
        home.write("policy.yaml", POLICY.replace(", verify-signature]", "]"));
        Await.until(() -> leaves("load-policy").split("\"done\"", -1).length > 2);
    }

    private void sign(String node, String chain, int blocks) {
        try (var caller = Caller.of(home, node)) {
            for (int height = 0; height < blocks; height++) {
                expect(201, caller.post("/v1/chains/" + chain + "/blocks", Blocks.request("console", height)));
            }
            expect(409, caller.post("/v1/chains/" + chain + "/blocks", Blocks.request("other", 0)));
        }
    }

    private void refuse() {
        try (var hostile = Caller.of(home, "hostile");
                var node = Caller.of(home, "node-a")) {
            expect(403, hostile.get("/v1/audit/entries"));
            expect(200, hostile.get("/v1/keys"));
            expect(403, node.post("/v1/chains/lab-b/blocks", Blocks.request("console", 1)));
        }
    }

    private long breakTheGlass() {
        try (var lab = Caller.of(home, "lab-a");
                var clinician = Caller.of(home, "clinician-a")) {
            String making = "{\"key\":\"patient-data\",\"context\":{\"report\":\"r\"},\"recipient\":\"lab-a\"}";
            String wrapped = Blocks.json(expect(201, lab.post("/v1/data-keys", making)))
                    .get("wrapped")
                    .asText();
            String _ = expect(200, clinician.post("/v1/data-keys/unwrap", """
                    {"wrapped":"%s","context":{"report":"r"},"purposeOfUse":"BTG","recipient":"clinician-a","justification":"%s"}""".formatted(
                                    wrapped, HOSTILE.replace("\"", "\\\""))))
                    .body();
        }
        String began = leaves("begin-emergency-access", "\"done\"");
        return Blocks.json(began).at("/entries/0/index").asLong();
    }

    private static HttpResponse<String> expect(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    @Override
    public void close() {
        appliance.close();
    }

    private static final String POLICY = """
            roles:
              nodes: [{certificate: "urn:sealkeeper:node:node-a"}]
              neighbours: [{certificate: "urn:sealkeeper:node:node-b"}]
              labs: [{certificate: "urn:sealkeeper:lab:lab-a"}]
              clinicians: [{certificate: "urn:sealkeeper:clinician:clinician-a"}]
              officers: [{certificate: "urn:sealkeeper:officer:officer"}]
              auditors: [{certificate: "urn:sealkeeper:auditor:auditor"}]
              oddities: [{certificate: "CN=*"}]
            emergency: {windowMinutes: 15}
            grants:
              - {name: nodes, roles: [nodes], operations: [sign-block, read-chain], chains: [lab-a]}
              - {name: neighbours, roles: [neighbours], operations: [sign-block, read-chain], chains: [lab-b]}
              - {name: labs, roles: [labs], operations: [generate-data-key], keys: [patient-data]}
              - {name: clinicians, roles: [clinicians], operations: [unwrap-data-key], keys: [patient-data], purposes: [TREAT, BTG]}
              - {name: reviewers, roles: [clinicians, officers], operations: [read-emergencies, review-emergency]}
              - {name: officers, roles: [officers], operations: [read-status]}
              - {name: chains, roles: [auditors], operations: [read-chain], chains: ["*"]}
              - name: auditors
                roles: [auditors]
                operations: [read-status, read-audit-log, read-keys, read-policy, read-emergencies, verify-signature]
              - {name: oddities, roles: [oddities], operations: [read-keys]}
            denials: []
            separationExceptions: []
            ...
            """;
}
