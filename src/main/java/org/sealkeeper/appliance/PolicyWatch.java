package org.sealkeeper.appliance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.gate.PolicyInForce;

/**
 * Looks twice a second whether the policy file changed, and has it take the place of the one in force. Says in the health report why
 * a bad one did not; that is no reason to restart the process, or to send it no traffic.
 */
@Liveness
@Singleton
final class PolicyWatch implements HealthCheck {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final PolicyInForce policy;
    private final BackgroundLoop watch;

    PolicyWatch(PolicyInForce policy, BackgroundLoops loops) {
        this.policy = policy;
        this.watch = loops.loop("policy-watch", INTERVAL, policy::look, "the policy file was not looked at");
    }

    void start(@Observes StartupEvent started) {
        watch.start();
    }

    void stop(@Observes ShutdownEvent ending) {
        watch.close();
    }

    void lookNow() {
        watch.wake();
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> complaint = policy.rejected().map(Throwable::getMessage);
        var answer = HealthCheckResponse.named("policy")
                .up()
                .withData("digest", policy.current().digest());
        complaint.ifPresent(text -> answer.withData("rejected", text));
        return answer.build();
    }
}
