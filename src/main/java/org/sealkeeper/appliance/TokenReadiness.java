package org.sealkeeper.appliance;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.keys.KeyRing;

/** Ready while the token signs and the signature verifies. */
@Readiness
final class TokenReadiness implements AsyncHealthCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final KeyRing keys;

    TokenReadiness(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Probe.of("token signs and verifies", DEADLINE, keys::probe);
    }
}
