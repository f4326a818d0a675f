package org.sealkeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Prefer headers are read. */
class WaitPreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "wait=5 | 5",
                "wait=0 | 0",
                "Wait=5 | 5",
                "wait = 5 | 5",
                "wait=\"5\" | 5",
                "respond-async, wait=10 | 10",
                "respond-async,wait=10;foo=bar, x=y | 10",
                "wait=3, wait=9 | 3",
                "wait=30 | 30",
                "wait=31 | 30",
                "wait=999999 | 30",
            })
    void theSecondsAreReadAndBounded(String header, int seconds) {
        assertThat(WaitPreference.of(List.of(header))).hasValue(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=-1",
                "wait=1.5",
                "wait=5s",
                "wait=x",
                "await=5",
                "wait-5",
                "waiting=5",
                "wait=9999999",
                "x=wait=5",
                "return=minimal"
            })
    void whatIsNotUnderstoodIsNoPreference(String header) {
        assertThat(WaitPreference.of(List.of(header))).isEmpty();
    }

    @Test
    void theFirstOfSeveralHeadersThatNamesItCounts() {
        assertThat(WaitPreference.of(List.of())).isEmpty();
        assertThat(WaitPreference.of(List.of("return=minimal", "wait=7", "wait=8")))
                .hasValue(Duration.ofSeconds(7));
    }
}
