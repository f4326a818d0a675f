package org.sealkeeper.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.http.access.AccessNotes;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.Overload;

/** A door of no feature, for tests of what all doors share. */
@Path("/v1/echo")
@Produces(MediaType.APPLICATION_JSON)
public class EchoResource {
    static final String SECRET = "the PIN is 1234";

    private static final ProblemType TEAPOT = new ProblemType("conflicting-block", 409, "Another block is signed here");

    public record Block(Height height, BlockHash previousHash, BlockHash blockHash, Optional<String> note) {}

    public record Batch(List<Block> blocks, int limit, boolean strict) {}

    record Echo(String caller, String thread, Block block, Instant at) {}

    private static final class Broken extends Fault {
        private static final long serialVersionUID = 1L;

        Broken(FaultKind kind) {
            super(kind, SECRET, null);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> post(@Context RoutingContext context, Block block) {
        String caller = RequestCaller.of(context).name();
        var echo = new Echo(caller, Thread.currentThread().getName(), block, Instant.EPOCH);
        return CompletableFuture.supplyAsync(
                () -> Response.status(201).entity(echo).build());
    }

    @POST
    @Path("batch")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Batch> batch(Batch batch) {
        return CompletableFuture.completedStage(batch);
    }

    @GET
    @Recorded("read-keys")
    @Path("caller")
    public Map<String, String> caller(@Context RoutingContext context) {
        return Map.of("id", RequestCaller.of(context).name());
    }

    @GET
    @Path("two-forms")
    public Map<String, String> json() {
        return Map.of();
    }

    @GET
    @Path("two-forms")
    @Produces("application/x-ndjson")
    public String lines() {
        return "";
    }

    @GET
    @Recorded(value = "read-chain", counted = true)
    @Path("chains/{chain}/{height}")
    public Map<String, Object> path(
            @PathParam("chain") ChainName chain,
            @PathParam("height") Height height,
            @QueryParam("limit") Integer limit,
            @Context RoutingContext context) {
        AccessNotes.about(chain, context);
        AccessNotes.decidedBy("echo/chains", Optional.empty(), Optional.empty(), context);
        return Map.of("chain", chain, "height", height, "limit", limit == null ? 0 : limit);
    }

    @GET
    @Recorded("verify-signature")
    @Path("faults/{kind}")
    public CompletionStage<Response> fault(@PathParam("kind") String kind) {
        return switch (kind) {
            case "hsm" -> CompletableFuture.failedStage(new Broken(FaultKind.HSM_UNAVAILABLE));
            case "store" -> CompletableFuture.failedStage(new Broken(FaultKind.STORE_UNAVAILABLE));
            case "overload" ->
                CompletableFuture.supplyAsync(() -> {
                    throw new Overload("HSM queue", 16);
                });
            case "refused" ->
                CompletableFuture.completedStage(Problem.of(TEAPOT, "height 12 is taken")
                        .with("signedHash", new BlockHash("00".repeat(32)))
                        .response());
            default -> throw new IllegalStateException(SECRET);
        };
    }
}
