package org.sealkeeper.http;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.sealkeeper.http.access.AccessNotes;

/**
 * Counts and times requests: {@code http_server_requests_seconds} by {@code method}, {@code uri}, {@code status} and
 * {@code outcome}. A label is one of a closed set, never a text of the caller's: each that is new is kept for ever. This takes the
 * place of the framework's own timer, which application.properties keeps from counting.
 */
@Singleton
final class RequestMetrics {
    /** What no door knows. */
    static final String OTHER = "other";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
    private static final String DESCRIPTION = "/openapi";
    private static final String HUNG_UP = "RESET";
    /** Such a request was not answered, by a fault of its caller's. */
    private static final int HUNG_UP_STATUS = 499;

    private final MeterRegistry registry;
    private final RecentRequests recent;
    private final MeterProvider<Timer> timers;

    RequestMetrics(MeterRegistry registry, RecentRequests recent) {
        this.recent = recent;
        this.registry = registry;
        this.timers = Timer.builder("http.server.requests")
                .description("HTTP server request processing time")
                .withRegistry(registry);
    }

    /** Times a request from now until it is answered, or its caller hangs up. */
    void time(RoutingContext context) {
        Timer.Sample begun = Timer.start(registry);
        context.addEndHandler(ended -> {
            long nanos = begun.stop(timers.withTags(labels(context, ended.succeeded())));
            recent.count(
                    ended.succeeded() ? context.response().getStatusCode() : HUNG_UP_STATUS, Duration.ofNanos(nanos));
        });
    }

    private static Tags labels(RoutingContext context, boolean isAnswered) {
        String method = context.request().method().name();
        int status = context.response().getStatusCode();
        return Tags.of(
                        "method", METHODS.contains(method) ? method : OTHER,
                        "uri", AccessNotes.of(context).door().orElseGet(() -> withoutDoor(context)),
                        "status", isAnswered ? Integer.toString(status) : HUNG_UP)
                .and(isAnswered ? Outcome.forStatus(status).asTag() : Outcome.CLIENT_ERROR.asTag());
    }

    /** The description of the API is the framework's, and no door. */
    private static String withoutDoor(RoutingContext context) {
        return DESCRIPTION.equals(context.request().path()) ? DESCRIPTION : OTHER;
    }
}
