package org.sealkeeper.console;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.config.InForce;
import org.sealkeeper.gate.DecisionReplay;
import org.sealkeeper.gate.PolicyVersion;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyComparison;
import org.sealkeeper.store.Store;

/** The policy in force, what it answers, and what changed since others were. */
@Blocking
@Path("/console/policy")
final class PolicyResource {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int VERSIONS = 20;
    private static final long MOST_ASKED = 50_000;
    private static final int CHANGES = 200;

    private final ConsoleDoor door;
    private final InForce<Policy> policy;
    private final Store store;
    private final InstantSource clock;

    PolicyResource(ConsoleDoor door, InForce<Policy> policy, Store store, InstantSource clock) {
        this.door = door;
        this.policy = policy;
        this.store = store;
        this.clock = clock;
    }

    @GET
    @Recorded("read-policy")
    @Operation(hidden = true)
    public Response policy(
            @QueryParam("certificate") @DefaultValue("") String certificate,
            @QueryParam("issuer") @DefaultValue("") String issuer,
            @QueryParam("subject") @DefaultValue("") String subject,
            @QueryParam("claims") @DefaultValue("") String claims,
            @QueryParam("operation") @DefaultValue("") String operation,
            @QueryParam("chain") @DefaultValue("") String chain,
            @QueryParam("key") @DefaultValue("") String key,
            @QueryParam("purpose") @DefaultValue("") String purpose,
            @QueryParam("recipient") @DefaultValue("") String recipient,
            @Context RoutingContext context) {
        var question = new Question(certificate, issuer, subject, claims, operation, chain, key, purpose, recipient);
        return door.show(Page.POLICY, context, frame -> page(frame, question));
    }

    private TemplateInstance page(Frame frame, Question question) {
        Policy inForce = policy.current();
        return new PolicyPage(
                frame,
                inForce.digest(),
                new PolicyMatrix(inForce.outline()),
                PolicyVersion.newest(store, VERSIONS).stream()
                        .map(version -> new PolicyVersion(
                                version.digest(), version.since().truncatedTo(ChronoUnit.SECONDS)))
                        .toList(),
                question,
                question.isAsked() ? Optional.of(Answer.of(inForce, question, clock.instant())) : Optional.empty());
    }

    @GET
    @Path("/changes")
    @Recorded("read-policy")
    @Operation(hidden = true)
    public Response changes(
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("after") @DefaultValue("") String after,
            @Context RoutingContext context) {
        return door.enter(Page.POLICY, context, frame -> compared(frame, before, after));
    }

    private Optional<String> text(String digest) {
        return DIGEST.matcher(digest).matches() ? DecisionReplay.text(store, digest) : Optional.empty();
    }

    private Response compared(Frame frame, String before, String after) {
        Optional<String> old = text(before);
        Optional<String> fresh = text(after);
        if (old.isEmpty() || fresh.isEmpty()) {
            return ConsoleDoor.nothing("no policy of this digest was ever in force here");
        }
        var comparison = new PolicyComparison(Policy.kept(old.get()), Policy.kept(fresh.get()), clock.instant());
        if (comparison.size() > MOST_ASKED) {
            return Problem.invalid(
                            "after",
                            "expected at most " + MOST_ASKED + " combinations of what the policies name, found "
                                    + comparison.size() + ": compare them with 'sealkeeper policy diff'")
                    .response();
        }
        List<PolicyChange> changes =
                comparison.changes().limit(CHANGES + 1L).map(PolicyChange::of).toList();
        return ConsoleDoor.html(new PolicyChangesPage(
                frame.titled("Changes of the policy"),
                before,
                after,
                comparison.size(),
                changes.stream().limit(CHANGES).toList(),
                changes.size() <= CHANGES));
    }
}
