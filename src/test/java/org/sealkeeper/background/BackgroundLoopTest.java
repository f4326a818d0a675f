package org.sealkeeper.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loop goes on whatever a round throws, is no burden while it fails, and does not die unnoticed. */
class BackgroundLoopTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final BackgroundLoops loops = new BackgroundLoops();
    private final LinkedBlockingQueue<Integer> rounds = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    private final Semaphore mayGoOn = new Semaphore(0);
    private int number;
    private volatile int failing;
    private BackgroundLoop loop = loops.loop("test-loop", NEVER, this::round, "the round failed");

    private void round() {
        number++;
        rounds.add(number);
        if (number <= failing) {
            throw new IllegalStateException("meant to");
        }
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aWakeWaitsForNoInterval() throws InterruptedException {
        loop.start();
        assertThat(rounds).isEmpty();

        loop.wake();
        assertThat(next()).isEqualTo(1);
    }

    @Test
    void aWakeBeforeTheStartIsNotLost() throws InterruptedException {
        loop.wake();
        loop.start();
        assertThat(next()).isEqualTo(1);
    }

    @Test
    void aRoundThatFailsIsNotTheLast() throws InterruptedException {
        failing = 1;
        loop.start();
        loop.wake();
        assertThat(next()).isEqualTo(1);
        loop.wake();
        assertThat(next()).isEqualTo(2);
        assertThat(loops.deaths()).isEmpty();
    }

    /** What fails at once must neither take a processor for itself nor fill the log. */
    @Test
    void itPausesBeforeEveryRoundAndLongerAfterEachFailureUntilOneSucceeds() throws InterruptedException {
        failing = 3;
        loop = new BackgroundLoops(this::pause)
                .loop("test-loop", Duration.ofSeconds(1), this::round, "the round failed");
        loop.start();
        mayGoOn.release(5);

        List<Integer> seconds = IntStream.range(0, 6)
                .mapToObj(_ -> (int) take(pauses).toSeconds())
                .toList();
        assertThat(seconds).containsExactly(1, 2, 4, 8, 1, 1);
    }

    @Test
    void itsPausesDoNotGrowForEver() throws InterruptedException {
        failing = 100;
        loop = new BackgroundLoops(this::pause)
                .loop("test-loop", Duration.ofSeconds(1), this::round, "the round failed");
        loop.start();
        mayGoOn.release(100);

        IntStream.range(0, 100).forEach(_ -> take(pauses));
        assertThat(take(pauses)).isEqualTo(Duration.ofSeconds(30));
    }

    private void pause(Semaphore woken, Duration time) throws InterruptedException {
        pauses.add(time);
        mayGoOn.acquire();
    }

    @Test
    void anErrorEndsItAndIsReported() throws InterruptedException {
        var dying = loops.loop("dying-loop", NEVER, BackgroundLoopTest::die, "the round failed");
        loop.start();
        dying.start();
        dying.wake();

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (loops.deaths().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertThat(loops.deaths()).containsExactly("dying-loop has ended: java.lang.StackOverflowError: meant to");
        loop.wake();
        assertThat(next()).as("the other one lives").isEqualTo(1);
    }

    private static void die() {
        throw new StackOverflowError("meant to");
    }

    @Test
    void toBeClosedIsNoDeath() throws InterruptedException {
        var interrupted = new Semaphore(0);
        var waiting = loops.loop(
                "waiting-loop",
                NEVER,
                () -> {
                    try {
                        rounds.add(1);
                        Thread.sleep(NEVER);
                    } finally {
                        interrupted.release();
                    }
                },
                "the round failed");
        waiting.start();
        waiting.wake();
        assertThat(next()).isEqualTo(1);

        waiting.close();
        assertThat(interrupted.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        assertThat(loops.deaths()).isEmpty();
    }

    private Integer next() throws InterruptedException {
        return rounds.poll(30, TimeUnit.SECONDS);
    }

    private static <T> T take(LinkedBlockingQueue<T> queue) {
        try {
            return queue.poll(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
