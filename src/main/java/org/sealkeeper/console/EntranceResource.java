package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.http.problem.Problem;

/** Leads to the first page that the caller may see. */
@Blocking
@Path("/console")
final class EntranceResource {
    private final ConsoleDoor door;

    EntranceResource(ConsoleDoor door) {
        this.door = door;
    }

    @GET
    @RecordedElsewhere("the page it leads to is recorded")
    @Operation(hidden = true)
    public Response enter(@Context RoutingContext context) {
        Optional<Page> first = door.menu(context).findFirst();
        return first.isPresent()
                ? Response.seeOther(URI.create(first.get().path())).build()
                : Problem.forbidden().response();
    }
}
