package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A watch whose interval never ends looks when it is asked to. */
class WatchTest {
    private final AtomicInteger looks = new AtomicInteger();
    private final LinkedBlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
    private final Watch watch = new Watch("test-watch", Duration.ofDays(1), this::look, "the first look failed");

    private void look() {
        int number = looks.incrementAndGet();
        seen.add(number);
        if (number == 1) {
            throw new IllegalStateException("meant to");
        }
    }

    @AfterEach
    void stop() {
        watch.stop();
    }

    @Test
    void whoAsksWaitsForNoInterval() throws InterruptedException {
        watch.start();
        assertThat(seen).isEmpty();

        watch.lookNow();
        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void aLookThatFailsIsNotTheLast() throws InterruptedException {
        watch.start();
        watch.lookNow();
        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(1);

        watch.lookNow();
        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void whoAsksBeforeItStartsIsHeard() throws InterruptedException {
        watch.lookNow();
        watch.start();
        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
}
