package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.rollback.Ownership;
import org.sealkeeper.rollback.StartConfirmation;

/** Ready while the store is what this appliance wrote, the token remembers it, and its keys are this appliance's. */
@Readiness
@Singleton
final class RollbackReadiness implements HealthCheck {
    private final Ownership ownership;
    private final StartConfirmation confirmation;

    RollbackReadiness(Ownership ownership, StartConfirmation confirmation) {
        this.ownership = ownership;
        this.confirmation = confirmation;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("token remembers what is signed")
                .withData("rollbackProtection", ownership.protection().text());
        Optional<RuntimeException> failure = failure();
        return failure.isEmpty()
                ? answer.up().build()
                : answer.down()
                        .withData("failure", String.valueOf(failure.get().getMessage()))
                        .build();
    }

    private Optional<RuntimeException> failure() {
        return Stream.of(ownership.failure(), confirmation.awaited())
                .flatMap(Optional::stream)
                .map(RuntimeException.class::cast)
                .findFirst();
    }
}
