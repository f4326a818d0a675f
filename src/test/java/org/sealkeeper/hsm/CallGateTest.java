package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sealkeeper.testing.WaitingThread;

@Timeout(30)
class CallGateTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(5);

    private final CallGate gate = new CallGate();

    private boolean enter(Duration patience) {
        try {
            return gate.enter(System.nanoTime() + patience.toNanos());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean close(Duration patience) {
        try {
            return gate.close(patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyMayBeIn() {
        assertThat(enter(LONG)).isTrue();
        assertThat(enter(LONG)).isTrue();
    }

    @Test
    void itClosesAtOnceWhereNoneIsIn() {
        assertThat(enter(LONG)).isTrue();
        gate.leave();
        assertThat(close(Duration.ZERO)).isTrue();
    }

    @Test
    void itIsNotClosedBeforeAllHaveLeft() {
        assertThat(enter(LONG)).isTrue();
        assertThat(enter(LONG)).isTrue();
        CompletableFuture<Boolean> closing = WaitingThread.start(() -> close(LONG));
        gate.leave();
        assertThat(closing).isNotDone();
        gate.leave();
        assertThat(closing.join()).isTrue();
    }

    @Test
    void oneThatStaysIsNotWaitedForLongerThanAsked() {
        assertThat(enter(LONG)).isTrue();
        assertThat(close(SHORT)).isFalse();
    }

    @Test
    void noneEntersWhileItWaitsForTheOthers() {
        assertThat(enter(LONG)).isTrue();
        CompletableFuture<Boolean> closing = WaitingThread.start(() -> close(LONG));
        assertThat(enter(SHORT)).isFalse();
        gate.leave();
        assertThat(closing.join()).isTrue();
    }

    @Test
    void oneThatCameInVainWasNeverIn() {
        assertThat(close(LONG)).isTrue();
        assertThat(enter(SHORT)).isFalse();
        assertThat(close(Duration.ZERO)).isTrue();
    }

    @Test
    void itStaysClosedThoughOneStaysInIt() {
        assertThat(enter(LONG)).isTrue();
        assertThat(close(SHORT)).isFalse();
        assertThat(enter(SHORT)).isFalse();
        gate.open();
        assertThat(enter(LONG)).isTrue();
    }

    @Test
    void thoseThatWaitEnterWhenItOpens() {
        assertThat(close(LONG)).isTrue();
        CompletableFuture<Boolean> first = WaitingThread.start(() -> enter(LONG));
        CompletableFuture<Boolean> second = WaitingThread.start(() -> enter(LONG));
        gate.open();
        assertThat(first.join()).isTrue();
        assertThat(second.join()).isTrue();
        assertThat(close(SHORT)).as("both are in").isFalse();
    }
}
