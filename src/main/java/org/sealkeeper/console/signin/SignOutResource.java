package org.sealkeeper.console.signin;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.http.identity.SessionCookie;

/** Ends a session, also while its token cannot be checked. The front door lets in what a page of the console sends alone. */
@Blocking
@Path("/console/sign-out")
final class SignOutResource {
    private final SignedIn signedIn;

    SignOutResource(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    @POST
    @RecordedElsewhere("it takes away, and shows nothing")
    @Operation(hidden = true)
    public Response signOut(@Context RoutingContext context) {
        signedIn.out(context);
        return Redirect.to(SignInResource.PATH)
                .header("Set-Cookie", CookieSecret.forgotten(SessionCookie.NAME))
                .build();
    }
}
