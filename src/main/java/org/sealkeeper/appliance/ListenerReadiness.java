package org.sealkeeper.appliance;

import io.quarkus.vertx.http.HttpsServerStart;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the API answers a stranger. The management port opens on its own, may do so earlier, and has room when the
 * API has none.
 */
@Readiness
@Singleton
final class ListenerReadiness implements AsyncHealthCheck {
    private static final String NAME = "API answers";
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final FrontDoorVisit visit;
    private volatile boolean listening;

    ListenerReadiness(FrontDoorVisit visit) {
        this.visit = visit;
    }

    void listening(@ObservesAsync HttpsServerStart started) {
        listening = true;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return listening
                ? Probe.of(NAME, DEADLINE, visit::make)
                : Uni.createFrom().item(HealthCheckResponse.down(NAME));
    }
}
