package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.envelope.emergency.EmergencyReview;
import org.sealkeeper.http.RecentRequests;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.store.Store;

/** How the appliance is doing; a browser asks every few seconds. */
@Blocking
@Path("/console/now")
final class NowResource {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final ConsoleDoor door;
    private final SmallRyeHealthReporter health;
    private final ChainSummaries chains;
    private final LogViews log;
    private final RecentRequests requests;
    private final Store store;
    private final InstantSource clock;
    private Optional<NowPage> last = Optional.empty();

    NowResource(
            ConsoleDoor door,
            SmallRyeHealthReporter health,
            ChainSummaries chains,
            LogViews log,
            RecentRequests requests,
            Store store,
            InstantSource clock) {
        this.door = door;
        this.health = health;
        this.chains = chains;
        this.log = log;
        this.requests = requests;
        this.store = store;
        this.clock = clock;
    }

    @GET
    @Recorded(value = "read-status", counted = true)
    @Operation(hidden = true)
    public Response now(@Context RoutingContext context) {
        return door.show(Page.NOW, context, this::page);
    }

    /** One look for all who ask within a few seconds: a health check writes, and a look at a thousand chains costs. */
    private synchronized NowPage page(Frame frame) {
        Instant now = clock.instant();
        NowPage page = last.filter(known ->
                        known.at().plus(FRESH).isAfter(now) && !known.at().isAfter(now))
                .map(known -> known.in(frame))
                .orElseGet(() -> look(frame, now));
        last = Optional.of(page);
        return page;
    }

    private NowPage look(Frame frame, Instant now) {
        return new NowPage(
                frame,
                now,
                HealthView.of(health.getHealth().getPayload()),
                chains.of(_ -> true),
                log.now(),
                TrafficView.of(requests.lastHour()),
                EmergencyReview.unreviewed(store, now),
                EmergencyReview.unreviewed(store, now.minus(Duration.ofDays(EmergencyReview.REVIEW_WITHIN_DAYS))));
    }
}
