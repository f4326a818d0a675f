package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import org.sealkeeper.audit.Reason;
import org.sealkeeper.envelope.emergency.EmergencyReview;
import org.sealkeeper.envelope.emergency.EmergencyReviews;
import org.sealkeeper.envelope.emergency.ReviewOutcome;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.http.PathParameters;
import org.sealkeeper.http.access.AccessNotes;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.store.Store;

/** Emergencies with their justifications, and their reviews. */
@Blocking
@Path("/console/emergencies")
final class EmergenciesResource {
    private static final int SHOWN = 20;
    private static final Problem OWN_EMERGENCY =
            Problem.of(ProblemType.FORBIDDEN, "expected another caller: none reviews an emergency of its own");

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
    public Response emergencies(
            @QueryParam("before") @DefaultValue(PathParameters.HIGHEST) Long before, @Context RoutingContext context) {
        boolean mayReview = doorkeeper.wouldLet(PolicyOperation.REVIEW_EMERGENCY, context);
        Caller caller = RequestCaller.of(context);
        return door.show(Page.EMERGENCIES, context, frame -> {
            Instant now = clock.instant();
            List<EmergencyReview> found = EmergencyReview.before(store, before, SHOWN + 1);
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
    @RecordedElsewhere("a review is a leaf of its own, and durable with it; so is one that is refused")
    @Operation(hidden = true)
    public Response review(@PathParam("leaf") Long leaf, byte[] body, @Context RoutingContext context) {
        var request = new EmergencyReviews.Request(
                RequestCaller.of(context),
                RequestIds.of(context),
                doorkeeper.decide(PolicyOperation.REVIEW_EMERGENCY, context));
        Optional<Problem> refusal =
                request.decision().isAllowed() ? review(request, leaf, body) : Optional.of(Problem.forbidden());
        AccessNotes.recorded(context);
        return refusal.map(problem -> refuse(request, problem))
                .orElseGet(() ->
                        Response.seeOther(URI.create(Page.EMERGENCIES.path())).build());
    }

    /** Why it was not taken; empty where it was. */
    private Optional<Problem> review(EmergencyReviews.Request request, long leaf, byte[] body) {
        EmergencyReviews.Finding finding;
        try {
            finding = ReviewForm.read(leaf, body);
        } catch (IllegalArgumentException malformed) {
            return Optional.of(Problem.invalid("body", String.valueOf(malformed.getMessage())));
        }
        return switch (reviews.review(request, finding)) {
            case ReviewOutcome.Reviewed _ -> Optional.empty();
            case ReviewOutcome.Unknown() ->
                Optional.of(Problem.of(ProblemType.NOT_FOUND, "no emergency began with this leaf"));
            case ReviewOutcome.OwnEmergency() -> Optional.of(OWN_EMERGENCY);
        };
    }

    private Response refuse(EmergencyReviews.Request request, Problem problem) {
        String reason =
                problem.equals(OWN_EMERGENCY) ? "own-emergency" : problem.type().name();
        var _ = reviews.refuse(request, new Reason(reason))
                .toCompletableFuture()
                .join();
        return problem.response();
    }
}
