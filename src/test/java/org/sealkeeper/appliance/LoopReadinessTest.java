package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.sealkeeper.background.BackgroundLoops;

/** An appliance one of whose loops died takes no more traffic, and says which. */
class LoopReadinessTest {
    private final BackgroundLoops loops = new BackgroundLoops();
    private final LoopReadiness readiness = new LoopReadiness(loops);

    @Test
    void aDeadLoopEndsReadiness() throws InterruptedException {
        var loop = loops.loop(
                "policy-watch",
                Duration.ofDays(1),
                () -> {
                    throw new NoClassDefFoundError("meant to");
                },
                "the policy file was not looked at");
        loop.start();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

        loop.wake();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (loops.deaths().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        HealthCheckResponse dead = readiness.call();
        assertThat(dead.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(dead.getData().orElseThrow().get("failure").toString())
                .contains("policy-watch has ended: java.lang.NoClassDefFoundError: meant to");
    }
}
