package org.sealkeeper.appliance;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Turns a trial of something into a health answer: up where it ends well in time, else down with the fault's own words. */
final class Probe {
    private Probe() {}

    static Uni<HealthCheckResponse> of(String name, Duration deadline, Supplier<? extends CompletionStage<?>> trial) {
        return Uni.createFrom()
                .<Object>completionStage(trial)
                .ifNoItem()
                .after(deadline)
                .fail()
                .map(done -> HealthCheckResponse.up(name))
                .onFailure()
                .recoverWithItem(failure -> HealthCheckResponse.named(name)
                        .down()
                        .withData("failure", String.valueOf(failure.getMessage()))
                        .build());
    }
}
