package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often a library is initialized anew beside a token that is used. */
class GrowingPauseTest {
    private long now;
    private final GrowingPause pause = new GrowingPause(() -> now);

    private void assertThatItLasts(Duration length) {
        pause.begin();
        now += length.toNanos() - 1;
        assertThat(pause.isOver()).isFalse();
        now++;
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void isOverBeforeItEverBegan() {
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void lastsTwiceAsLongEachTimeUpToAMinute() {
        for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
            assertThatItLasts(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void isShortAgainAfterASuccess() {
        assertThatItLasts(Duration.ofSeconds(2));
        assertThatItLasts(Duration.ofSeconds(4));
        pause.end();
        assertThat(pause.isOver()).isTrue();
        assertThatItLasts(Duration.ofSeconds(2));
    }
}
