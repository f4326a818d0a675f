package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.http.access.RecordedElsewhere;

/** Styles and scripts, and the verifier. */
@Blocking
@Path("/console/assets")
final class AssetResource {
    private static final String SAME_FOR_ALL = "a file that is the same for every caller tells nothing";

    private final Assets assets;

    AssetResource(Assets assets) {
        this.assets = assets;
    }

    @GET
    @Path("/{file}")
    @RecordedElsewhere(SAME_FOR_ALL)
    @Operation(hidden = true)
    public Response file(@PathParam("file") String file) {
        return answer(assets.find(file));
    }

    @GET
    @Path("/verifier/{file}")
    @RecordedElsewhere(SAME_FOR_ALL)
    @Operation(hidden = true)
    public Response verifier(@PathParam("file") String file) {
        return answer(assets.findOfVerifier(file));
    }

    /** The verifier in one file has its scripts and styles within, and says by itself that it runs nothing else. */
    @GET
    @Path("/verify.html")
    @RecordedElsewhere(SAME_FOR_ALL)
    @Operation(hidden = true)
    public Response page() {
        return assets.findOfVerifier("verify.html")
                .map(AssetResource::ok)
                .map(answer -> answer.header("Content-Security-Policy", "frame-ancestors 'none'")
                        .build())
                .orElseThrow();
    }

    private static Response answer(Optional<Assets.Content> asset) {
        return asset.map(AssetResource::ok)
                .map(ResponseBuilder::build)
                .orElseGet(() -> ConsoleDoor.nothing("the console has no such file"));
    }

    private static ResponseBuilder ok(Assets.Content asset) {
        return Response.ok(asset.bytes(), asset.type()).header("Cache-Control", "no-cache");
    }
}
