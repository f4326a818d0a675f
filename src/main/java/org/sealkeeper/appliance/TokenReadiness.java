package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenStatus;
import org.sealkeeper.hsm.Tokens;

/** Ready while a token is used, and has lately proved that it signs. */
@Readiness
@Singleton
final class TokenReadiness implements HealthCheck {
    private final Tokens tokens;

    TokenReadiness(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public HealthCheckResponse call() {
        List<TokenStatus> all = tokens.all().stream()
                .map(Hsm::health)
                .map(health -> health.status())
                .toList();
        var answer = HealthCheckResponse.named("token signs and verifies")
                .status(all.stream().anyMatch(TokenStatus::isReady));
        all.forEach(token -> tell(token, prefix(token), answer));
        return answer.build();
    }

    /** Several tokens are told apart by their labels. */
    private String prefix(TokenStatus token) {
        return tokens.areSeveral() ? token.label() + "." : "";
    }

    private static void tell(TokenStatus status, String prefix, HealthCheckResponseBuilder answer) {
        answer.withData(prefix + "state", status.state().state().text())
                .withData(prefix + "epoch", status.state().epoch())
                .withData(prefix + "secondsInState", status.state().since().toSeconds())
                .withData(
                        prefix + "secondsSinceProof",
                        status.state().sinceProof().toSeconds());
        status.pools()
                .forEach((pool, use) -> answer.withData(
                        prefix + "pool." + pool,
                        "%d of %d busy, %d stuck, %d waiting"
                                .formatted(use.busy(), use.sessions(), use.stuck(), use.waiting())));
        if (!status.isReady()) {
            answer.withData(prefix + "failure", status.state().reason());
        }
    }
}
