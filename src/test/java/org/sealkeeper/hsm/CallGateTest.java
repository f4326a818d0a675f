package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallGateTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(5);

    private final CallGate gate = new CallGate();

    private boolean enter(Duration patience) throws InterruptedException {
        return gate.enter(System.nanoTime() + patience.toNanos());
    }

    /** On a thread of its own, which waits when this returns. */
    private static FutureTask<Boolean> waiting(Callable<Boolean> call) {
        var task = new FutureTask<>(call);
        Thread thread = Thread.ofPlatform().daemon().start(task);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return task;
    }

    @Test
    void manyMayBeIn() throws InterruptedException {
        assertThat(enter(LONG)).isTrue();
        assertThat(enter(LONG)).isTrue();
    }

    @Test
    void itClosesAtOnceWhereNoneIsIn() throws InterruptedException {
        assertThat(enter(LONG)).isTrue();
        gate.leave();
        assertThat(gate.close(Duration.ZERO)).isTrue();
    }

    @Test
    void itIsNotClosedBeforeAllHaveLeft() throws Exception {
        assertThat(enter(LONG)).isTrue();
        assertThat(enter(LONG)).isTrue();
        FutureTask<Boolean> closing = waiting(() -> gate.close(LONG));
        gate.leave();
        assertThat(closing.isDone()).isFalse();
        gate.leave();
        assertThat(closing.get()).isTrue();
    }

    @Test
    void oneThatStaysIsNotWaitedForLongerThanAsked() throws InterruptedException {
        assertThat(enter(LONG)).isTrue();
        assertThat(gate.close(SHORT)).isFalse();
    }

    @Test
    void noneEntersWhileItWaitsForTheOthers() throws Exception {
        assertThat(enter(LONG)).isTrue();
        FutureTask<Boolean> closing = waiting(() -> gate.close(LONG));
        assertThat(enter(SHORT)).isFalse();
        gate.leave();
        assertThat(closing.get()).isTrue();
    }

    @Test
    void oneThatCameInVainWasNeverIn() throws InterruptedException {
        assertThat(gate.close(LONG)).isTrue();
        assertThat(enter(SHORT)).isFalse();
        assertThat(gate.close(Duration.ZERO)).isTrue();
    }

    @Test
    void itStaysClosedThoughOneStaysInIt() throws InterruptedException {
        assertThat(enter(LONG)).isTrue();
        assertThat(gate.close(SHORT)).isFalse();
        assertThat(enter(SHORT)).isFalse();
        gate.open();
        assertThat(enter(LONG)).isTrue();
    }

    @Test
    void thoseThatWaitEnterWhenItOpens() throws Exception {
        assertThat(gate.close(LONG)).isTrue();
        FutureTask<Boolean> first = waiting(() -> enter(LONG));
        FutureTask<Boolean> second = waiting(() -> enter(LONG));
        gate.open();
        assertThat(first.get()).isTrue();
        assertThat(second.get()).isTrue();
        assertThat(gate.close(SHORT)).as("both are in").isFalse();
    }
}
