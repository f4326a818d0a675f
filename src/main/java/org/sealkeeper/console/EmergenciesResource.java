package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.envelope.emergency.EmergencyReview;
import org.sealkeeper.envelope.emergency.EmergencyReviews;
import org.sealkeeper.envelope.emergency.ReviewNote;
import org.sealkeeper.envelope.emergency.ReviewOutcome;
import org.sealkeeper.envelope.emergency.ReviewVerdict;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.store.Store;

/** Emergencies with their justifications, and their reviews. */
@Blocking
@Path("/console/emergencies")
final class EmergenciesResource {
    private static final int SHOWN = 20;

    private final ConsoleDoor door;
    private final Doorkeeper doorkeeper;
    private final EmergencyReviews reviews;
    private final Store store;
    private final InstantSource clock;

    EmergenciesResource(
            ConsoleDoor door, Doorkeeper doorkeeper, EmergencyReviews reviews, Store store, InstantSource clock) {
        this.door = door;
        this.doorkeeper = doorkeeper;
        this.reviews = reviews;
        this.store = store;
        this.clock = clock;
    }

    @GET
    @Recorded("read-emergencies")
    @Operation(hidden = true)
    public Response emergencies(@QueryParam("before") Optional<Long> before, @Context RoutingContext context) {
        boolean mayReview = doorkeeper.wouldLet(PolicyOperation.REVIEW_EMERGENCY, context);
        String caller = RequestCaller.of(context).fullName();
        return door.show(Page.EMERGENCIES, context, frame -> {
            Instant now = clock.instant();
            List<EmergencyReview> found = EmergencyReview.before(store, before.orElse(Long.MAX_VALUE), SHOWN + 1);
            List<EmergencyView> shown = found.stream()
                    .limit(SHOWN)
                    .map(emergency -> EmergencyView.of(emergency, now, caller, mayReview))
                    .toList();
            return new EmergenciesPage(
                    frame,
                    shown,
                    EmergencyReview.unreviewed(store, now.minus(Duration.ofDays(EmergencyReview.REVIEW_WITHIN_DAYS))),
                    EmergencyReview.REVIEW_WITHIN_DAYS,
                    found.size() > SHOWN
                            ? Optional.of(shown.getLast().emergency().leaf())
                            : Optional.empty());
        });
    }

    @POST
    @Path("/{leaf}/review")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RecordedElsewhere(
            "a review is a leaf of its own, and durable with it; what is refused is counted, or has one, too")
    @Operation(hidden = true)
    public Response review(
            @PathParam("leaf") Long leaf,
            @FormParam("verdict") Optional<String> verdict,
            @FormParam("note") Optional<String> note,
            @Context RoutingContext context) {
        Decision decision = doorkeeper.decide(PolicyOperation.REVIEW_EMERGENCY, context);
        if (!decision.isAllowed()) {
            return Problem.forbidden().response();
        }
        Optional<ReviewVerdict> known = ReviewVerdict.named(verdict.orElse(""));
        if (known.isEmpty()) {
            return Problem.invalid("verdict", "expected justified or not-justified")
                    .response();
        }
        ReviewNote noted;
        try {
            noted = new ReviewNote(note.orElse(""));
        } catch (IllegalArgumentException malformed) {
            return Problem.invalid("note", String.valueOf(malformed.getMessage()))
                    .response();
        }
        return answer(reviews.review(new EmergencyReviews.Request(
                RequestCaller.of(context), RequestIds.of(context), decision, leaf, known.get(), noted)));
    }

    private static Response answer(ReviewOutcome outcome) {
        return switch (outcome) {
            case ReviewOutcome.Reviewed(long leaf) ->
                Response.seeOther(URI.create(Page.EMERGENCIES.path() + "?reviewed=" + leaf))
                        .build();
            case ReviewOutcome.Unknown() -> ConsoleDoor.nothing("no emergency began with this leaf");
            case ReviewOutcome.OwnEmergency() ->
                Problem.of(ProblemType.FORBIDDEN, "expected another caller: none reviews an emergency of its own")
                        .response();
        };
    }
}
