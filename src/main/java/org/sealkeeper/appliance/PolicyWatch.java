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
import org.jboss.logging.Logger;
import org.sealkeeper.gate.PolicyInForce;

/**
 * Looks every second whether the policy file changed, and has it take the place of the one in force. Says in the health report why
 * a bad one did not; that is no reason to restart the process, or to send it no traffic.
 */
@Liveness
@Singleton
final class PolicyWatch implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(PolicyWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final PolicyInForce policy;
    private final Thread thread =
            Thread.ofPlatform().name("policy-watch").daemon(true).unstarted(this::run);
    private volatile boolean stopping;

    PolicyWatch(PolicyInForce policy) {
        this.policy = policy;
    }

    void start(@Observes StartupEvent started) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent ending) {
        stopping = true;
        thread.interrupt();
    }

    private void run() {
        while (!stopping) {
            try {
                Thread.sleep(INTERVAL);
                policy.reloadIfChanged();
            } catch (InterruptedException e) {
                return; // stopping
            } catch (RuntimeException e) {
                LOG.warnf("the policy file was not looked at: %s", e.getMessage());
            }
        }
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
