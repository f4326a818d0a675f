package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.background.BackgroundLoops;

/**
 * Ready while everything that is done again and again still is: an appliance that no longer looks at its policy or its revocation
 * lists permits what it should not. Only a restart brings such a thread back.
 */
@Readiness
@Singleton
final class LoopReadiness implements HealthCheck {
    private final BackgroundLoops loops;

    LoopReadiness(BackgroundLoops loops) {
        this.loops = loops;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> deaths = loops.deaths();
        var answer = HealthCheckResponse.named("background work goes on").status(deaths.isEmpty());
        return deaths.isEmpty()
                ? answer.build()
                : answer.withData("failure", String.join("; ", deaths)).build();
    }
}
