package org.sealkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Officers review emergencies; no other site does in their name. */
abstract class ConsoleReviews extends ConsoleVisits {
    private static final String NOTE = "asked the ward, " + ConsoleLab.HOSTILE;
    private static final String FORM = "verdict=justified&note=long+enough";

    @Test
    void anotherCallerReviewsAnEmergencyAndTheLogKeepsNoWordOfTheNote() {
        Page page = shown("officer", "/console/emergencies");
        page.click("summary");
        page.check("input[value=justified]");
        page.fill("textarea", NOTE);
        page.click("text=Record the review");
        assertThat(page.locator("h2 .state").innerText()).isEqualTo("justified");
        assertThat(page.locator("dd bdi").last().innerText()).isEqualTo(NOTE);
        page = shown("auditor", "/console/emergencies");
        assertThat(page.locator("dd bdi").last().innerText()).isEqualTo(NOTE);
        assertThat(page.locator("form").count()).isZero();
        String leaf =
                lab().leaves("review-emergency", "\"emergency\":" + lab().emergency(), "\"verdict\":\"justified\"");
        assertThat(leaf).contains("\"note\":").doesNotContain("alert(1)");
    }

    @Test
    void anEmergencyOfOnesOwnIsNotReviewed() {
        assertThat(shown("clinician-a", "/console/emergencies").locator("form").count())
                .isZero();
        assertThat(lab().review("clinician-a", lab().emergency(), "same-origin", FORM))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(403));
        String _ = lab().leaves("review-emergency", "own-emergency");
    }

    /** A form that a page of another site sends, with the certificate of the officer who looks at it. */
    @Test
    void otherSitesReviewNothing() {
        Page page = shown("officer", "/console/emergencies");
        String before = page.locator("main").innerText();
        page.navigate("about:blank");
        page.setContent(
                "<form method=post action='%s/console/emergencies/%d/review'><input name=verdict value=justified><input name=note value='of another site'></form>"
                        .formatted(lab().origin(), lab().emergency()));
        Response answer = page.waitForResponse("**/review", () -> page.evaluate("document.forms[0].submit()"));
        assertThat(answer.status()).isEqualTo(403);
        for (String site : List.of("cross-site", "same-site", "none")) {
            assertThat(lab().review("officer", lab().emergency(), site, FORM).statusCode())
                    .isEqualTo(403);
        }
        page.navigate("/console/emergencies");
        assertThat(page.locator("main").innerText()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "auditor, 0, verdict=justified&note=long+enough, 403, forbidden",
        "officer, 0, verdict=justified&note=long+enough, 404, not-found",
        "officer, -1, verdict=justified&note=long+enough, 400, invalid",
        "officer, 0, verdict=maybe&note=long+enough, 400, verdict",
        "officer, 0, note=long+enough, 400, verdict",
        "officer, 0, verdict=justified&note=short, 400, note",
        "officer, 0, verdict=justified&note=%FF%FF%FF%FF%FF%FF%FF%FF%FF%FF, 400, note",
        "officer, 0, verdict=justified, 400, note",
    })
    void whatIsNoReviewIsRefused(String caller, String leaf, String form, int status, String reason) {
        HttpResponse<String> answer = lab().review(caller, leaf, "same-origin", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(reason);
    }
}
