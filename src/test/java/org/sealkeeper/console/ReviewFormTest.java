package org.sealkeeper.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.envelope.emergency.EmergencyReviews;
import org.sealkeeper.envelope.emergency.ReviewVerdict;

class ReviewFormTest {

    @Test
    void aFormIsReadAsABrowserSendsIt() {
        EmergencyReviews.Finding finding = read("verdict=not-justified&note=Z%C3%BCrich%0D%0Ahad+the+record");
        assertThat(finding.emergency()).isEqualTo(7);
        assertThat(finding.verdict()).isEqualTo(ReviewVerdict.NOT_JUSTIFIED);
        assertThat(finding.note().text()).isEqualTo("Zürich\nhad the record");
    }

    @Test
    void aThousandCharactersOfAnyScriptAreTakenAndNoMore() {
        assertThat(read("verdict=justified&note=" + "%E7%97%85".repeat(1_000))
                        .note()
                        .text())
                .hasSize(1_000);
        assertThatThrownBy(() -> read("verdict=justified&note=" + "%E7%97%85".repeat(1_001)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "verdict=justified",
                "note=a+secret+of+hers",
                "verdict=maybe&note=a+secret+of+hers",
                "verdict=justified&note=short",
                "verdict=justified&note=a+secret+of+hers&more=1",
                "verdict=justified&note=a+secret+of+hers&note=again",
                "note=a+secret+of+hers&note=a+secret+of+hers",
                "verdict=justified&note=a+secret+of+hers%zz",
                "verdict=justified&note=a+secret+of+hers%00",
                "verdict=justified&note=a+secret+of+hers%ff",
            })
    void whatIsNoFormOfOursIsRefusedWithoutAWordOfIt(String form) {
        assertThatThrownBy(() -> read(form))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected")
                .message()
                .doesNotContain("secret", "%zz");
    }

    private static EmergencyReviews.Finding read(String form) {
        return ReviewForm.read(7, form.getBytes(UTF_8));
    }
}
