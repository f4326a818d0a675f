package org.sealkeeper.console.signin;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.config.InForce;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.http.connection.Connections;
import org.sealkeeper.http.identity.FetchMetadata;
import org.sealkeeper.http.identity.SessionCookie;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.issuers.CodeRequest;
import org.sealkeeper.issuers.ErrorCode;
import org.sealkeeper.issuers.SignIn;
import org.sealkeeper.issuers.TrustedIssuers;

/** The steps of a sign-in: the choice of an issuer, the way there, and the way back. */
@Blocking
@Path(SignInResource.PATH)
final class SignInResource {
    static final String PATH = "/console/sign-in";
    static final String COOKIE = "__Host-sealkeeper-sign-in";

    private static final String BACK = PATH + "/end";
    private static final String CONSOLE = "/console";
    private static final String COUNTED =
            "what is refused here is counted; what is seen later is recorded with the token";

    private final InForce<TrustedIssuers> issuers;
    private final OwnAddress address;
    private final PendingSignIns pending;
    private final SignedIn signedIn;
    private final Connections connections;
    private final RandomGenerator random;

    SignInResource(
            InForce<TrustedIssuers> issuers,
            OwnAddress address,
            PendingSignIns pending,
            SignedIn signedIn,
            Connections connections,
            RandomGenerator random) {
        this.issuers = issuers;
        this.address = address;
        this.pending = pending;
        this.signedIn = signedIn;
        this.connections = connections;
        this.random = random;
    }

    @GET
    @RecordedElsewhere("a page that is the same for every caller tells nothing")
    @Operation(hidden = true)
    public Response choose() {
        List<SignInPage.Choice> choices = issuers.current().signIns().stream()
                .map(SignIn::issuer)
                .map(SignInResource::choice)
                .toList();
        return Response.ok(new SignInPage(choices).render(), MediaType.TEXT_HTML + ";charset=utf-8")
                .build();
    }

    private static SignInPage.Choice choice(String issuer) {
        String query = "?issuer=" + URLEncoder.encode(issuer, StandardCharsets.UTF_8);
        return new SignInPage.Choice(issuer, URI.create(issuer).getHost(), PATH + "/begin" + query);
    }

    /** A page of another site cannot begin one: the person could not know for whom it is. */
    @GET
    @Path("/begin")
    @RecordedElsewhere(COUNTED)
    @Operation(hidden = true)
    public Response begin(@QueryParam("issuer") Optional<String> name, @Context RoutingContext context) {
        if (!FetchMetadata.isFromHere(context.request())) {
            return Redirect.to(PATH).build();
        }
        Optional<SignIn> issuer = name.flatMap(this::named);
        if (issuer.isEmpty()) {
            return Problem.of(ProblemType.NOT_FOUND, "nobody signs in with an issuer of this name")
                    .response();
        }
        Optional<URI> back = address.of(context.request(), BACK);
        if (back.isEmpty()) {
            return Problem.invalid(
                            "Host", "expected a name that the certificate of this appliance has, without wildcards")
                    .response();
        }
        return begin(issuer.get(), CodeRequest.fresh(back.get(), random), context);
    }

    private Response begin(SignIn issuer, CodeRequest request, RoutingContext context) {
        return issuer.begin(request)
                .map(there -> {
                    String network = connections.of(context.request()).origin().network();
                    CookieSecret secret = pending.keep(issuer.issuer(), request, network);
                    return Response.seeOther(there)
                            .header("Set-Cookie", secret.cookie(COOKIE))
                            .build();
                })
                .orElseGet(() -> SignInProblem.unavailable().response());
    }

    private Optional<SignIn> named(String issuer) {
        return issuers.current().signIns().stream()
                .filter(known -> known.issuer().equals(issuer))
                .findFirst();
    }

    /**
     * Where the issuer sends the browser back to (RFC 6749 sections 4.1.2 and 4.1.2.1). Nothing of it is believed that does not fit what was
     * begun in this very browser.
     */
    @GET
    @Path("/end")
    @RecordedElsewhere(COUNTED)
    @Operation(hidden = true)
    public Response end(
            @QueryParam("state") Optional<String> state,
            @QueryParam("code") Optional<String> code,
            @QueryParam("iss") Optional<String> named,
            @QueryParam("error") Optional<String> error,
            @Context RoutingContext context) {
        Optional<Pending> begun = SessionCookie.secret(context.request(), COOKIE)
                .flatMap(secret -> state.flatMap(shown -> pending.take(secret, shown)));
        Optional<SignIn> issuer = begun.flatMap(known -> named(known.issuer()));
        if (begun.isEmpty() || issuer.isEmpty()) {
            return SignInProblem.expired().response();
        }
        if (code.isEmpty() || error.isPresent()) {
            return SignInProblem.refused("the issuer gave no code, but the error " + ErrorCode.of(error.orElse(null))
                            + "; ask those who run it, or sign in as somebody else")
                    .response();
        }
        return switch (issuer.get().end(begun.get().request(), code.get(), named)) {
            case SignIn.Redeemed.Unavailable() -> SignInProblem.unavailable().response();
            case SignIn.Redeemed.Nothing(String reason) ->
                SignInProblem.refused(reason).response();
            case SignIn.Redeemed.Token token -> enter(token, begun.get(), context);
        };
    }

    /** A session that the browser had before ends: it may be of somebody else. */
    private Response enter(SignIn.Redeemed.Token token, Pending begun, RoutingContext context) {
        return switch (signedIn.with(token.text(), begun.issuer())) {
            case SignedIn.Outcome.Refused(Problem problem) -> problem.response();
            case SignedIn.Outcome.Session(CookieSecret secret) -> {
                signedIn.out(context);
                yield Redirect.to(CONSOLE)
                        .header("Set-Cookie", secret.cookie(SessionCookie.NAME))
                        .header("Set-Cookie", CookieSecret.forgotten(COOKIE))
                        .build();
            }
        };
    }
}
