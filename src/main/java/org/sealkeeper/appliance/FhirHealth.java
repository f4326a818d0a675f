package org.sealkeeper.appliance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.sealkeeper.fhir.feed.FhirFeed;

/**
 * Says in the health report and the metrics how far the FHIR server is behind the log, and why; that is no reason to restart the process, or
 * to send it no traffic.
 */
@Liveness
@Singleton
final class FhirHealth implements HealthCheck {
    private final Optional<FhirFeed> feed;

    FhirHealth(Optional<FhirFeed> feed) {
        this.feed = feed;
    }

    /** From the start on: a health check is not made before it is asked for. */
    static void measure(FhirFeed feed, MeterRegistry registry) {
        Gauge.builder("sealkeeper.fhir.lag", feed, FhirFeed::lag)
                .description("Leaves that the FHIR server does not have yet")
                .register(registry);
        Gauge.builder("sealkeeper.fhir.refused", feed, asked -> asked.progress().isRefused() ? 1 : 0)
                .description("1 while the FHIR server refuses a leaf, and those after it wait")
                .register(registry);
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("FHIR server").up();
        feed.ifPresent(asked -> {
            answer.withData("nextLeaf", asked.progress().next()).withData("lag", asked.lag());
            asked.progress().trouble().ifPresent(why -> answer.withData("failure", why));
        });
        return answer.build();
    }
}
