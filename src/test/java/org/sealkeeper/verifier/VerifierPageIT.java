package org.sealkeeper.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.cli.evidence.JudgedCase;
import org.sealkeeper.evidence.Claim;
import org.sealkeeper.testing.Browser;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.EvidenceCases;
import org.sealkeeper.testing.EvidenceCases.Case;
import org.sealkeeper.testing.Visitor;

/** docs/verify.html, opened from a disk in a browser without a network. */
class VerifierPageIT {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each report as JSON. */
    private static final String REPORTS = """
            JSON.stringify([...document.querySelectorAll('article')].map(report => {
              const claims = [...report.querySelectorAll('.claim')];
              const each = of => Object.fromEntries(claims.map(claim => [claim.dataset.claim, of(claim)]));
              return {
                file: report.querySelector('.file').textContent,
                outcome: report.dataset.outcome,
                text: report.textContent,
                verdicts: each(claim => claim.dataset.verdict),
                reasons: each(claim => claim.querySelector('.why').textContent),
              };
            }))""";

    @TempDir
    private static Path folder;

    private Visitor visitor;
    private Page page;

    @BeforeEach
    void openFromDisk() {
        visitor = Browser.ofThisJvm()
                .visitor(new NewContextOptions().setOffline(true).setViewportSize(1280, 900));
        page = visitor.page();
        page.setDefaultTimeout(10_000);
        open();
    }

    private void open() {
        page.navigate(VerifierPage.FILE.toUri().toString());
    }

    @AfterEach
    void theBrowserComplainedOfNothing() {
        assertThat(visitor.complaints()).isEmpty();
        visitor.close();
    }

    /** But for what only the command decides again. Bundles for which the same keys are trusted are given together. */
    @Test
    void everyBundleGetsTheClaimsAndVerdictsOfTheCommand() throws IOException {
        for (List<Case> cases : byTrust(Stream.concat(EvidenceCases.good(), EvidenceCases.forged()))) {
            Map<String, JsonNode> reports = reports(cases);
            for (Case judged : cases) {
                JsonNode report = reports.get(judged.name());
                Map<String, String> expected = verdictsOfCommand(judged);
                expected.replace("decided-by-policy", "true", "unknown");
                assertThat(report.get("verdicts").properties().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        claim -> claim.getValue().asText())))
                        .as(judged.name())
                        .isEqualTo(expected);
                assertThat(report.get("outcome").asText())
                        .as(judged.name())
                        .isEqualTo(judged.refuted().isPresent() ? "invalid" : "valid");
                judged.refuted()
                        .ifPresent(claim -> assertThat(
                                        report.at("/reasons/" + claim).asText())
                                .as(judged.name())
                                .contains(judged.why()));
            }
        }
    }

    @Test
    void whatIsNoBundleIsNotJudged() throws IOException {
        List<Case> cases = EvidenceCases.unreadable().toList();
        Map<String, JsonNode> reports = reports(cases);
        for (Case unreadable : cases) {
            JsonNode report = reports.get(unreadable.name());
            assertThat(report.get("outcome").asText()).as(unreadable.name()).isEqualTo("unjudged");
            assertThat(report.get("text").asText()).as(unreadable.name()).contains(unreadable.why());
        }
        assertThat(page.locator("#verdict").innerText())
                .contains(cases.size() + " of " + cases.size() + " cannot be judged");
    }

    private static Collection<List<Case>> byTrust(Stream<Case> cases) {
        return cases.collect(Collectors.groupingBy(
                        judged -> judged.vkeys() + judged.policy() + judged.keys(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    /** What the page shows of each, by its name. */
    private Map<String, JsonNode> reports(List<Case> cases) throws IOException {
        open();
        Case any = cases.getFirst();
        give(Stream.concat(
                        cases.stream().map(judged -> file(judged.name(), judged.bundle())),
                        Stream.of(file("trust.txt", any.vkeys() + any.policy()), file("jwks.json", any.keys())))
                .toArray(FilePayload[]::new));
        Map<String, JsonNode> reports = new TreeMap<>();
        for (JsonNode report : JSON.readTree((String) page.evaluate(REPORTS))) {
            reports.put(report.get("file").asText(), report);
        }
        return reports;
    }

    /** The command has the algorithm; what a browser lacks is never taken for good. */
    @Test
    void whatTheBrowserCannotCheckIsNotTakenForGood() {
        List<Case> cases = EvidenceCases.beyondBrowsers().toList();
        give(cases.get(0));
        assertThat(outcome()).isEqualTo("unjudged");
        assertThat(verdicts()).containsEntry("checkpoint-signed", "unknown");
        assertThat(page.locator("#verdict").innerText()).contains("is of a type that this browser cannot check");
        open();
        give(cases.get(1));
        assertThat(verdicts()).containsEntry("witnessed", "unknown").containsEntry("checkpoint-signed", "true");
        assertThat(why("witnessed")).contains("cosignatures that this browser cannot check: lab-b.example/witness");
    }

    @Test
    void whatAPolicyDecidedIsNotDecidedAgain() {
        give(EvidenceCases.decidedOtherwise());
        assertThat(verdicts()).containsEntry("decided-by-policy", "unknown");
        assertThat(page.locator("#verdict").innerText()).contains("further claims were not judged");
    }

    /** Nor what keys a bundle brings along in its texts. */
    @Test
    void aBundleIsNeverTakenForKeys() {
        String key = "-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEA\\n-----END PUBLIC KEY-----";
        String bundle = text(golden("evidence/block.json")).replaceFirst("\"policy\":\"", "\"policy\":\"" + key);
        give(file("a", bundle), file("b", "{\"about\":\"block\",\"keys\":[]}"));
        assertThat(page.locator("#trusted").innerText()).contains("No keys yet");
        assertThat(page.locator("#judged li").count()).isEqualTo(2);
        assertThat(outcome()).isNotEqualTo("valid");
    }

    private void give(Case judged) {
        give(
                file("bundle.json", judged.bundle()),
                file("trust.txt", judged.vkeys() + judged.policy()),
                file("jwks.json", judged.keys()));
    }

    private void give(FilePayload... files) {
        page.setInputFiles("#files", files);
        page.waitForSelector("#reports article");
    }

    private static FilePayload file(String name, String text) {
        return new FilePayload(name, "application/octet-stream", text.getBytes(UTF_8));
    }

    private static FilePayload golden(String name) {
        try {
            return file(name.replaceFirst(".*/", ""), Files.readString(GOLDEN.resolve(name)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> verdictsOfCommand(Case judged) {
        return JudgedCase.claims(judged).stream()
                .collect(Collectors.toMap(
                        Claim::name, claim -> claim.verdict().name().toLowerCase(Locale.ROOT)));
    }

    private Map<String, String> verdicts() {
        Map<String, String> verdicts = new TreeMap<>();
        for (Locator claim : page.locator("li.claim").all()) {
            verdicts.put(claim.getAttribute("data-claim"), claim.getAttribute("data-verdict"));
        }
        return verdicts;
    }

    private String outcome() {
        return page.locator("#verdict").getAttribute("data-outcome");
    }

    private String why(String claim) {
        return page.locator("li[data-claim=" + claim + "] .why").innerText();
    }

    @Test
    void nothingIsBelievedBeforeKeysAreBrought() {
        give(golden("evidence/block.json"));
        assertThat(outcome()).isEqualTo("unjudged");
        assertThat(page.locator("#verdict").innerText())
                .contains("Cannot be judged", "the keys of the log", "the keys that sign blocks");
        page.fill("#paste", text(golden("evidence/audit.vkeys")));
        page.click("text=Add");
        page.waitForSelector("li[data-claim=checkpoint-signed][data-verdict=true]");
        assertThat(outcome()).isEqualTo("unjudged");
        page.setInputFiles("#files", golden("evidence/jwks.json"));
        page.waitForSelector("#verdict[data-outcome=valid]");
        page.click("[aria-label='Remove pasted text']");
        page.waitForSelector("#verdict[data-outcome=unjudged]");
    }

    private static String text(FilePayload file) {
        return new String(file.buffer, UTF_8);
    }

    @Test
    void filesAreToldApartByTheirContentAndShownAsText() {
        String odd = "<img src=x onerror=alert(1)>.json";
        page.setInputFiles("#files", new FilePayload[] {
            file("a", text(golden("evidence/key.json"))),
            file("b", text(golden("evidence/audit.vkeys"))),
            file("c", text(golden("evidence/jwks.json"))),
            file("d", "quorum none\n"),
            file("e", "-----BEGIN PRIVATE KEY-----\n"),
            file(odd, "holiday")
        });
        page.waitForSelector("#reports article");
        assertThat(page.locator("#judged").innerText()).contains("a bundle of evidence");
        assertThat(page.locator("#trusted").innerText())
                .contains("keys of the log (vkeys)", "keys that sign blocks (JWK Set)", "a witness policy");
        assertThat(page.locator("#refused").innerText())
                .contains("a private key, which is not needed here", odd, "not recognised");
        assertThat(page.locator("img").count()).isZero();
    }

    /** Of three blocks with one signature. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (?s)(.*)                  | $1     | block-batch-jwks.json | valid    |
            (?m)^.*"height":1,.*\\n    |        | block-batch-jwks.json | invalid  | hole in the chain: expected height 1, found 2
            (?m)^.*"height":0,.*\\n    |        | block-batch-jwks.json | invalid  | expected the chain to begin at height 0
            ("blockHash":")....       | $10000 | block-batch-jwks.json | invalid  | expected 'blockHash' to be the signed
            ("hashes":\\[")....        | $10000 | block-batch-jwks.json | invalid  | the proof does not show that the statement is in the signed batch
            (?s)(.*)                  | $1     | evidence/jwks.json    | invalid  | is not among the trusted keys
            \\z                       | {}     | block-batch-jwks.json | unjudged | not a signed block: expected a JWS in 'signature'
            """)
    void aChainIsJudgedAsTheCommandDoes(String pattern, String replacement, String keys, String outcome, String why)
            throws IOException {
        String export =
                text(golden("block-batch.ndjson")).replaceFirst(pattern, replacement == null ? "" : replacement);
        give(file("blocks.ndjson", export), golden(keys));
        assertThat(outcome()).isEqualTo(outcome);
        Files.writeString(folder.resolve("blocks.ndjson"), export);
        Files.writeString(folder.resolve("jwks.json"), text(golden(keys)));
        Command command = CommandHere.run(folder, "chain", "verify", "--keys", "@/jwks.json", "@/blocks.ndjson");
        assertThat(command.exitCode())
                .isEqualTo(List.of("valid", "invalid", "unjudged").indexOf(outcome));
        if (why != null) {
            assertThat(command.out() + command.err()).contains(why);
            assertThat(page.locator("#verdict").innerText()).contains(why);
        }
    }

    @Test
    void aChainThatIsCutOffIsFoundByWhoKnowsItsNewestBlock() {
        give(golden("block-batch.ndjson"), golden("block-batch-jwks.json"));
        assertThat(page.locator("#reports").innerText()).contains("Whether newer blocks were cut off is not known");
        page.fill("#head", "00".repeat(32));
        page.press("#head", "Tab");
        page.waitForSelector("#verdict[data-outcome=invalid]");
        assertThat(page.locator("#verdict").innerText()).contains("expected the chain to end with block 00");
    }

    /** Pictures to be looked at: target/screenshots. */
    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void nothingKeepsAnybodyFromUsingIt(ColorScheme scheme) {
        Case forged = EvidenceCases.forged().findFirst().orElseThrow();
        assertThat(visitor.barriers(scheme)).isEmpty();
        show("empty", scheme);
        give(golden("evidence/block.json"), golden("evidence/audit.vkeys"), golden("evidence/jwks.json"));
        assertThat(visitor.barriers(scheme)).isEmpty();
        show("good", scheme);
        open();
        give(forged);
        assertThat(visitor.barriers(scheme)).isEmpty();
        show("forged", scheme);
    }

    private void show(String what, ColorScheme scheme) {
        visitor.picture("verify-" + what + "-" + scheme.name().toLowerCase(Locale.ROOT));
        page.setViewportSize(390, 800);
        visitor.picture("verify-" + what + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-phone");
        page.setViewportSize(1280, 900);
    }

    /** By the keyboard alone: what has the focus is what the verdict is read out for. */
    @Test
    void everythingIsReachedByTheKeyboard() {
        for (String id : List.of("", "files", "paste", "")) {
            page.keyboard().press("Tab");
            String focused = (String) page.evaluate("document.activeElement.id");
            assertThat(focused).isEqualTo(id);
        }
        assertThat(page.locator("#verdict").getAttribute("aria-live")).isEqualTo("polite");
    }
}
