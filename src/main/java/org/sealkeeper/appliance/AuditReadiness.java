package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.audit.AuditLog;

/** Ready while the store is no older than the log, and checkpoints of new leaves are signed. */
@Readiness
@Singleton
final class AuditReadiness implements HealthCheck {
    private final AuditLog audit;

    AuditReadiness(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("audit log is whole and checkpointed");
        Optional<? extends RuntimeException> failure = audit.whyClosed();
        if (failure.isEmpty()) {
            failure = audit.whyUnpublished();
        }
        return failure.isEmpty()
                ? answer.up().build()
                : answer.down()
                        .withData("failure", String.valueOf(failure.get().getMessage()))
                        .build();
    }
}
