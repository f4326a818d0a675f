package org.sealkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.WaitForSelectorOptions;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.testing.Visitor;

/** By everybody: in light and in the dark, by keyboard, on a phone, on paper, in any time zone. */
abstract class ConsoleUse extends ConsoleVisits {
    @ParameterizedTest
    @CsvSource({
        "now, /console/now",
        "chains, /console/chains",
        "chain, /console/chains/lab-a?from=5",
        "block, /console/chains/lab-a/3",
        "audit, /console/audit?operation=read-keys",
        "leaf, /console/audit/20",
        "keys, /console/keys",
        "policy, /console/policy?certificate=urn:sealkeeper:node:node-a&operation=sign-block&chain=lab-a",
        "emergencies, /console/emergencies",
        "refused, /console/chains/nowhere",
    })
    void nothingKeepsAnybodyFromUsingIt(String name, String path) {
        Visitor visitor = visitor(name.equals("emergencies") ? "officer" : "auditor");
        Page page = visitor.page();
        page.navigate(path);
        page.locator("summary").all().forEach(Locator::click);
        if (name.equals("block")) {
            page.waitForSelector("#evidence .claim");
        }
        assertSeenByAll(visitor, name);
        page.setViewportSize(390, 800);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("h1").isVisible()).isTrue();
        assertThat(page.locator("header nav:visible, form:visible").count()).isZero();
    }

    @Test
    void theKeyboardReachesTheContentFirstAndThenTheMenu() {
        Page page = shown("auditor", "/console/chains");
        List<String> reached = Stream.generate(() -> {
                    page.keyboard().press("Tab");
                    return (String) page.evaluate("document.activeElement.textContent");
                })
                .limit(4)
                .toList();
        assertThat(reached).containsExactly("Skip to the content", "Sealkeeper", "Now", "Chains");
        page.focus(".skip");
        page.keyboard().press("Enter");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("content");
    }

    @Test
    void timesAreThoseOfTheReaderAndTheRecordsStandBesideThem() {
        Locator time = shown("auditor", "/console/chains/lab-a/3").locator("time");
        String record = time.getAttribute("title");
        assertThat(record).isEqualTo(time.getAttribute("datetime")).endsWith("Z");
        assertThat(time.innerText())
                .endsWith(DateTimeFormatter.ofPattern("HH:mm:ss")
                        .withZone(ZoneId.of(ConsoleLab.ZONE))
                        .format(Instant.parse(record)));
    }

    @Test
    void thePageOfNowLooksAgainUnlessItIsInUse() {
        Page page = visitor("officer").page();
        page.clock().install();
        page.navigate("/console/now");
        page.evaluate("document.getElementById('content').firstElementChild.id = 'old'");
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        page.focus("#content a");
        page.clock().fastForward(10_000);
        assertThat(page.locator("#old").count()).isEqualTo(1);
        assertThat(asked).isEmpty();
        page.evaluate("document.activeElement.blur()");
        page.clock().fastForward(10_000);
        page.waitForSelector("#old", new WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
        assertThat(page.locator("h1").innerText()).isEqualTo("Now");
        assertThat(page.locator("time[title]").count()).isPositive();
    }
}
