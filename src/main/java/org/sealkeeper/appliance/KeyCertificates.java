package org.sealkeeper.appliance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.KeyState;

/** Says in the health report, and in a metric, when certificates of keys that sign end. That is a warning: the keys go on signing. */
@Singleton
final class KeyCertificates {
    private static final Duration NOTICE = Duration.ofDays(30);

    private final KeyRing keys;
    private final InstantSource clock;

    KeyCertificates(KeyRing keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    void register(@Observes StartupEvent started, MeterRegistry registry) {
        Gauge.builder("sealkeeper.key.certificate.seconds", this, KeyCertificates::secondsLeft)
                .description(
                        "Until the first certificate ends that an authority issued for an active key; NaN where there is none")
                .register(registry);
    }

    private double secondsLeft() {
        return certified().stream()
                .map(KeyCertificates::end)
                .min(Instant::compareTo)
                .map(end -> (double) Duration.between(clock.instant(), end).toSeconds())
                .orElse(Double.NaN);
    }

    @Produces
    @Liveness
    @Singleton
    HealthCheck endings() {
        return () -> {
            var answer = HealthCheckResponse.named("certificates of keys").up();
            Instant soon = clock.instant().plus(NOTICE);
            certified().stream()
                    .filter(key -> end(key).isBefore(soon))
                    .forEach(key -> answer.withData(
                            "ends." + key.alias() + "." + key.version() + "." + key.token(), end(key).toString()));
            return answer.build();
        };
    }

    private List<CataloguedKey> certified() {
        return keys.keys().stream()
                .filter(key -> key.state() == KeyState.ACTIVE && key.isCertified())
                .toList();
    }

    private static Instant end(CataloguedKey key) {
        return key.certificate().getNotAfter().toInstant();
    }
}
