package org.sealkeeper.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.NavigateOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.WaitUntilState;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages show callers what the policy lets them see, and nothing else. */
abstract class ConsoleAccess extends ConsoleVisits {
    /** For the auditor, the officer, node-a, the caller with the hostile name, and a stranger. */
    private static final String STATUSES = """
            /console/now                200 200 403 403 sign-in
            /console/chains             200 403 200 403 sign-in
            /console/chains/lab-a       200 403 200 403 sign-in
            /console/chains/lab-a/3     200 403 200 403 sign-in
            /console/chains/lab-a/99    404 403 404 403 sign-in
            /console/chains/pss         200 403 403 403 sign-in
            /console/chains/pss/0       404 403 403 403 sign-in
            /console/chains/nowhere     404 404 404 404 sign-in
            /console/chains/%3Cimg%3E   400 400 400 400 sign-in
            /console/chains/lab-a?from=-1 400 400 400 400 sign-in
            /console/audit              200 403 403 403 sign-in
            /console/audit/3            200 403 403 403 sign-in
            /console/audit/999999       404 403 403 403 sign-in
            /console/audit?outcome=x    400 400 400 400 sign-in
            /console/keys               200 403 403 200 sign-in
            /console/policy             200 403 403 403 sign-in
            /console/policy/changes     404 403 403 403 sign-in
            /console/emergencies        200 200 403 403 sign-in
            /console/nothing            404 404 404 404 sign-in""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auditor     | Now, Chains, Audit, Keys, Policy, Emergencies
            officer     | Now, Emergencies
            node-a      | Chains
            hostile     | Keys
            clinician-a | Emergencies
            """)
    void theMenuHasThePagesOfTheCallerAndTheEntranceLeadsToTheFirst(String caller, String menu) {
        Page page = shown(caller, "/console");
        List<String> entries = page.locator("header nav a").allInnerTexts();
        assertThat(String.join(", ", entries)).isEqualTo(menu);
        assertThat(page.locator("h1").innerText()).isEqualTo(entries.getFirst());
        for (String entry : entries) {
            page.click("header nav >> text=" + entry);
            assertThat(page.locator("h1").innerText()).isEqualTo(entry);
            assertThat(page.locator("[aria-current=page]").innerText()).isEqualTo(entry);
            assertThat(page.locator(".about").innerText()).endsWith(".");
            assertThat(foreignElements(page)).isZero();
        }
    }

    /** What is refused is told as a page that shows nothing else. */
    @Test
    void everyAddressAnswersAsThePolicySays() {
        List<String> callers = List.of("auditor", "officer", "node-a", "hostile", "stranger");
        List<Page> pages =
                callers.stream().map(caller -> visitor(caller).page()).toList();
        STATUSES.lines().map(line -> line.split(" +")).forEach(row -> {
            for (int caller = 0; caller < pages.size(); caller++) {
                Page page = pages.get(caller);
                Response answer = page.navigate(row[0], new NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
                boolean isLedToSignIn = answer.url().endsWith("/console/sign-in");
                assertThat(isLedToSignIn ? "sign-in" : Integer.toString(answer.status()))
                        .as("%s for %s", row[0], callers.get(caller))
                        .isEqualTo(row[caller + 1]);
                page.waitForSelector("h1");
                assertThat(page.locator("header nav").count())
                        .isEqualTo(answer.status() == 200 && !isLedToSignIn ? 1 : 0);
                assertThatItIsProtected(answer);
            }
        });
    }

    private static void assertThatItIsProtected(Response answer) {
        assertThat(answer.headerValue("content-security-policy"))
                .as(answer.url())
                .contains("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers())
                .as(answer.url())
                .contains(
                        Map.entry("x-content-type-options", "nosniff"),
                        Map.entry("referrer-policy", "no-referrer"),
                        Map.entry("cache-control", "no-store"));
    }

    @Test
    void aHostileNameOrReasonIsShownAsText() {
        Page page = visitor("hostile").page();
        page.navigate("/console/keys");
        String name = page.locator(".who bdi").innerText();
        assertThat(name).contains("<script\\>alert(1)\\</script\\>");
        page = shown("auditor", "/console/audit?operation=read-keys");
        assertThat(page.locator("td bdi").allInnerTexts()).contains(name);
        page.click("tbody th a");
        assertThat(page.locator(".notice bdi").first().innerText()).isEqualTo(name);
        page.waitForLoadState();
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.notice bdi')).display"))
                .as("what keeps it from turning around what stands beside it")
                .isEqualTo("inline-block");
        page.navigate("/console/emergencies");
        assertThat(page.locator("dd bdi").first().innerText()).isEqualTo(ConsoleLab.HOSTILE);
        page.navigate("/console/policy");
        page.fill("#certificate", ConsoleLab.HOSTILE);
        page.selectOption("#operation", "read-keys");
        page.click("button");
        assertThat(page.inputValue("#certificate")).isEqualTo(ConsoleLab.HOSTILE);
        assertThat(page.locator("#answer").innerText()).contains("Denied by default-deny");
        page.navigate("/console/audit?caller=" + URLEncoder.encode(ConsoleLab.HOSTILE, UTF_8));
        assertThat(page.inputValue("#caller")).isEqualTo(ConsoleLab.HOSTILE);
        assertThat(foreignElements(page)).isZero();
    }
}
