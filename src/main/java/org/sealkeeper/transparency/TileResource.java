package org.sealkeeper.transparency;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.merkle.TileId;

/**
 * The log as C2SP tlog-tiles: a client that has these has all of it. What a path names never changes, of partial tiles neither, so it may
 * be kept without end. Bundles shrink to a fraction, hashes do not shrink.
 */
@Blocking
@Path("/v1/audit/tile")
@Tag(name = "Audit log")
final class TileResource {
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    private final AuditorsDoor auditors;

    TileResource(AuditorsDoor auditors) {
        this.auditors = auditors;
    }

    @GET
    @Recorded(value = "read-audit-log", counted = true)
    @Path("/{level}/{index:.+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            operationId = "getTile",
            summary = "The hashes of a tile",
            description = "The index as in C2SP tlog-tiles: x001/x234/067, or 067.p/8 for the first 8 hashes.")
    @APIResponse(responseCode = "404", description = "not-found: the published log has no such tile")
    public Response tile(
            @PathParam("level") Integer level, @PathParam("index") String index, @Context RoutingContext context) {
        return auditors.reading(context, log -> answer(level, index, log::tile, bytes -> Response.ok(bytes)));
    }

    @GET
    @Recorded(value = "read-audit-log", counted = true)
    @Path("/entries/{index:.+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            operationId = "getEntryBundle",
            summary = "The leaves of a tile of level 0",
            description =
                    "Each is its length as 2 bytes, big-endian, then its canonical JSON. With Content-Encoding gzip"
                            + " for who accepts it.")
    @APIResponse(responseCode = "404", description = "not-found: the published log has not so many leaves")
    public Response entries(
            @PathParam("index") String index,
            @HeaderParam(HttpHeaders.ACCEPT_ENCODING) List<String> accepted,
            @Context RoutingContext context) {
        return auditors.reading(context, log -> answer(0, index, log::entries, bytes -> Gzip.answer(bytes, accepted)));
    }

    /** Reads what a tile's path names from the log. */
    @FunctionalInterface
    private interface Content {
        Optional<byte[]> of(TileId tile);
    }

    private static Response answer(
            int level, String index, Content content, Function<byte[], Response.ResponseBuilder> encoded) {
        TileId tile;
        try {
            tile = TileId.parse(level, index);
        } catch (IllegalArgumentException e) {
            return Problem.invalid("index", String.valueOf(e.getMessage())).response();
        }
        return content.of(tile)
                .map(bytes -> encoded.apply(bytes)
                        .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
                        .build())
                .orElseGet(() -> AuditorsDoor.notFound("the published log has no " + tile.path()));
    }
}
