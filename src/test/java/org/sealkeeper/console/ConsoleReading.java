package org.sealkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.testing.Visitor;

/** What auditors and nodes read and find. */
abstract class ConsoleReading extends ConsoleVisits {
    @Test
    void theBrowserItselfVerifiesABlock() {
        Page page = shown("auditor", "/console/chains/lab-a/3");
        page.waitForSelector("#evidence .claim[data-claim=block-signed][data-verdict=true]");
        assertThat(page.locator("#evidence .notice").innerText()).startsWith("Valid.");
        page.click("text=leaf "
                + page.locator("dd a[href^='/console/audit/']").innerText().replaceAll("\\D", ""));
        assertThat(page.locator(".notice").first().innerText()).contains("sign block 3 of chain lab-a; done");
        assertThat(page.locator(".notice.good").last().innerText())
                .contains("decides the same again: allowed by grants/nodes");
    }

    @Test
    void theEndOfACryptoperiodStandsOutOnceItIsNear() {
        Page page = shown("auditor", "/console/keys");
        String end = "tr:has(th:text('%s version 1')) td:nth-child(%d) .state";
        assertThat(page.locator(end.formatted("lab-a-blocks", 5)).getAttribute("class"))
                .contains("warn");
        assertThat(page.locator(end.formatted("patient-data", 4)).getAttribute("class"))
                .contains("none");
        assertThat(page.locator("tr:has(th:text('lab-b-blocks version 1')) td:nth-child(5)")
                        .innerText())
                .isEqualTo("not declared");
    }

    @Test
    void whoMayNotReadTheLogIsToldWhyNothingIsVerified() {
        Page page = shown("node-a", "/console/chains/lab-a/3");
        page.waitForSelector("#evidence .warn");
        assertThat(page.locator("#evidence").innerText()).contains("but not the audit log");
    }

    @Test
    void chainsAndTheLogAreReadPageByPage() {
        Page page = shown("auditor", "/console/chains/lab-a");
        assertThat(page.locator("tbody tr").count()).isEqualTo(50);
        page.click("text=Older blocks");
        assertThat(page.locator("tbody th").allInnerTexts()).containsExactly("1", "0");
        page.fill("#from", "7");
        page.press("#from", "Enter");
        assertThat(page.locator("tbody th").first().innerText()).isEqualTo("7");
        page.navigate("/console/audit?operation=sign-block&outcome=done&chain=lab-a");
        assertThat(page.locator("tbody tr").count()).isEqualTo(50);
        String last = page.locator("tbody th").last().innerText();
        page.click("text=Below leaf " + last);
        assertThat(page.url()).endsWith("?operation=sign-block&chain=lab-a&outcome=done&before=" + last);
        assertThat(page.locator("tbody td:last-child").first().innerText()).contains("block 1 of chain lab-a");
    }

    @ParameterizedTest
    @CsvSource({
        "caller, urn:sealkeeper:lab:lab-a, make a data key",
        "operation, begin-emergency-access, break the glass",
        "outcome, begun, allowed and about to be done",
        "chain, lab-b, of chain lab-b",
        "subject, nobody, ",
    })
    void theLogIsSearchedAndTheLinkSurvives(String field, String value, String found) {
        Page page = shown("auditor", "/console/audit");
        if (page.locator("select#" + field).count() == 1) {
            page.selectOption("#" + field, value);
        } else {
            page.fill("#" + field, value);
        }
        page.click("button");
        List<String> rows = page.locator("tbody td:last-child").allInnerTexts();
        if (found == null) {
            assertThat(page.locator("main").innerText()).contains("None of the leaves");
        } else {
            assertThat(rows).isNotEmpty().allMatch(row -> row.contains(found));
        }
        String link = page.url();
        page.navigate("/console/keys");
        page.navigate(link);
        assertThat(page.inputValue("#" + field)).isEqualTo(value);
        assertThat(page.locator("tbody td:last-child").allInnerTexts()).isEqualTo(rows);
    }

    @Test
    void twoPoliciesAreCompared() {
        Visitor visitor = visitor("auditor");
        Page page = visitor.page();
        page.navigate("/console/policy");
        assertThat(page.locator("[aria-labelledby=rules]").innerText())
                .contains("read-keys, read-audit-log, read-status, read-policy, read-emergencies");
        page.click("text=Show what changed");
        assertThat(page.locator("tbody").innerText())
                .contains("verify-signature", "allowed by grants/auditors", "denied by default-deny");
        assertSeenByAll(visitor, "changes");
        assertThat(visitor("officer").page().navigate(page.url()).status()).isEqualTo(403);
    }
}
