package org.sealkeeper.appliance;

import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the API's port is open: the management port opens on its own, and may do so earlier. */
@Readiness
@Singleton
final class ListenerReadiness implements HealthCheck {
    private volatile boolean listening;

    void listening(@ObservesAsync HttpsServerStart started) {
        listening = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("API listens").status(listening).build();
    }
}
