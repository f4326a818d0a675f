package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.rollback.Ownership;

/** Ready while the store is what this appliance wrote, the token remembers it, and its keys are this appliance's. */
@Readiness
@Singleton
final class RollbackReadiness implements HealthCheck {
    private final Ownership ownership;

    RollbackReadiness(Ownership ownership) {
        this.ownership = ownership;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("token remembers what is signed")
                .withData("rollbackProtection", ownership.protection().text());
        Optional<? extends RuntimeException> failure = ownership.failure();
        return failure.isEmpty()
                ? answer.up().build()
                : answer.down()
                        .withData("failure", String.valueOf(failure.get().getMessage()))
                        .build();
    }
}
