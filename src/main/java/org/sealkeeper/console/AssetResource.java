package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.http.access.RecordedElsewhere;

/** Styles and scripts. */
@Blocking
@Path("/console/assets")
final class AssetResource {
    private final Assets assets;

    AssetResource(Assets assets) {
        this.assets = assets;
    }

    @GET
    @Path("/{file}")
    @RecordedElsewhere("a file that is the same for every caller tells nothing")
    @Operation(hidden = true)
    public Response file(@PathParam("file") String file) {
        return assets.find(file)
                .map(asset -> Response.ok(asset.bytes(), asset.type())
                        .header("Cache-Control", "no-cache")
                        .build())
                .orElseGet(() -> ConsoleDoor.nothing("the console has no such file"));
    }
}
