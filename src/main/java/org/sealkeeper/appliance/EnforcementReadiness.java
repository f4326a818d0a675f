package org.sealkeeper.appliance;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.keys.TokenEnforcement;

/** Ready while the token refuses what would let data keys out of it. */
@Readiness
final class EnforcementReadiness implements AsyncHealthCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final TokenEnforcement enforcement;

    EnforcementReadiness(TokenEnforcement enforcement) {
        this.enforcement = enforcement;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Probe.of("token enforces the policy of data keys", DEADLINE, enforcement::probe);
    }
}
