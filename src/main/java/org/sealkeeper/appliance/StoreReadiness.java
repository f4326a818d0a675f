package org.sealkeeper.appliance;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sealkeeper.store.Store;

/** Ready while the store commits durably, to the files that lie at its path, and what it committed can be read. */
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
                "store writes and reads",
                DEADLINE,
                () -> store.write(rows -> rows.update("UPDATE heartbeat SET beat_at = ? WHERE id = 1", now))
                        .thenAcceptAsync(written -> requireReadable()));
    }

    private void requireReadable() {
        var _ = store.read(rows -> rows.first("SELECT beat_at FROM heartbeat WHERE id = 1", row -> row.getString(1)))
                .orElseThrow();
    }
}
