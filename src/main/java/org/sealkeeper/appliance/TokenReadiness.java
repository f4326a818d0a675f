package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenStatus;

/** Ready while the token is used, and has lately proved that it signs. */
@Readiness
@Singleton
final class TokenReadiness implements HealthCheck {
    private final Hsm hsm;

    TokenReadiness(Hsm hsm) {
        this.hsm = hsm;
    }

    @Override
    public HealthCheckResponse call() {
        TokenStatus status = hsm.health().status();
        var answer = HealthCheckResponse.named("token signs and verifies")
                .status(status.isReady())
                .withData("state", status.state().state().text())
                .withData("epoch", status.state().epoch())
                .withData("secondsInState", status.state().since().toSeconds())
                .withData("secondsSinceProof", status.state().sinceProof().toSeconds());
        status.pools()
                .forEach((pool, use) -> answer.withData(
                        "pool." + pool,
                        "%d of %d busy, %d stuck, %d waiting"
                                .formatted(use.busy(), use.sessions(), use.stuck(), use.waiting())));
        return status.isReady()
                ? answer.build()
                : answer.withData("failure", status.state().reason()).build();
    }
}
