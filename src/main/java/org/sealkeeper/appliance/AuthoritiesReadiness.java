package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.http.listener.ListenerTls;

/** Ready while the client certificates of one authority at least can be believed: else every caller with one is refused. */
@Readiness
@Singleton
final class AuthoritiesReadiness implements HealthCheck {
    private final ListenerTls tls;
    private final InstantSource clock;

    AuthoritiesReadiness(ListenerTls tls, InstantSource clock) {
        this.tls = tls;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        var until = tls.authorities().current().believedUntil();
        return HealthCheckResponse.named("client certificates can be believed")
                .status(clock.instant().isBefore(until))
                .withData("until", until.toString())
                .build();
    }
}
