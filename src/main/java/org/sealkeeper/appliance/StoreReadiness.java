package org.sealkeeper.appliance;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.store.Store;

/** Ready while the store commits durably: a store that only reads would let no claim be made. */
@Readiness
final class StoreReadiness implements AsyncHealthCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Store store;
    private final InstantSource clock;

    StoreReadiness(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        String now = clock.instant().toString();
        return Probe.of(
                "store writes",
                DEADLINE,
                () -> store.write(rows -> rows.update("UPDATE heartbeat SET beat_at = ? WHERE id = 1", now)));
    }
}
