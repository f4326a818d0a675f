package org.sealkeeper.ledger.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.ledger.signing.Refusal;
import org.sealkeeper.ledger.signing.RefusalProblem;

/** Where nodes and auditors read what has been signed. */
@Blocking
@Path("/v1/chains")
@Tag(name = "Chains")
final class ChainResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final int MAX_PAGE = 1_000;

    private final Chains chains;
    private final ChainReader reader;
    private final KeyRing keys;
    private final Doorkeeper doorkeeper;
    private final ObjectWriter blockJson;

    ChainResource(Chains chains, ChainReader reader, KeyRing keys, Doorkeeper doorkeeper, ObjectMapper json) {
        this.chains = chains;
        this.doorkeeper = doorkeeper;
        this.reader = reader;
        this.keys = keys;
        this.blockJson = json.writerFor(SignedBlock.class);
    }

    @GET
    @Recorded("read-chain")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listChains", summary = "The chains this caller may read")
    @APIResponse(
            responseCode = "200",
            description = "In the order of their declaration",
            content = @Content(schema = @Schema(implementation = ChainList.class)))
    public Response list(@Context RoutingContext context) {
        var readable = chains.all().stream()
                .filter(chain -> doorkeeper.wouldLetReadChain(chain.name(), context))
                .map(this::view)
                .toList();
        return Response.ok(new ChainList(readable)).build();
    }

    /** Every chain the caller may read. */
    record ChainList(List<ChainView> chains) {}

    @GET
    @Recorded("read-chain")
    @Path("/{chain}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getChain", summary = "One chain and its head")
    @APIResponse(
            responseCode = "200",
            description = "The chain",
            content = @Content(schema = @Schema(implementation = ChainView.class)))
    public Response chain(@PathParam("chain") ChainName name, @Context RoutingContext context) {
        return reading(name, context, chain -> Response.ok(view(chain)).build());
    }

    @GET
    @Recorded("read-chain")
    @Path("/{chain}/blocks/{height}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getBlock", summary = "One signed block")
    @APIResponse(
            responseCode = "200",
            description = "The block with its signature",
            content = @Content(schema = @Schema(implementation = SignedBlock.class)))
    @APIResponse(responseCode = "404", description = "unknown-chain, or not-found: nothing is signed at this height")
    public Response block(
            @PathParam("chain") ChainName name, @PathParam("height") Height height, @Context RoutingContext context) {
        return reading(
                name,
                context,
                chain -> reader.block(name, height)
                        .map(block -> Response.ok(block).build())
                        .orElseGet(() -> Problem.of(ProblemType.NOT_FOUND, "nothing is signed at height " + height)
                                .response()));
    }

    @GET
    @Recorded("read-chain")
    @Path("/{chain}/blocks")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listBlocks",
            summary = "Signed blocks from a height upward",
            description =
                    "As JSON at most 1,000 a page; as application/x-ndjson one block a line, streamed, to the head or"
                            + " the limit.")
    @APIResponse(
            responseCode = "200",
            description = "The blocks in the order of their heights",
            content = @Content(schema = @Schema(implementation = BlockPage.class)))
    public Response blocks(
            @PathParam("chain") ChainName name,
            @QueryParam("from") @DefaultValue("0") Height from,
            @QueryParam("limit")
                    @DefaultValue("100")
                    @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1"))
                    Integer limit,
            @Context RoutingContext context) {
        if (limit < 1 || limit > MAX_PAGE) {
            return Problem.invalid("limit", "expected 1 to " + MAX_PAGE).response();
        }
        return reading(
                name,
                context,
                chain -> Response.ok(BlockPage.of(reader.blocks(name, from, limit), limit))
                        .build());
    }

    @GET
    @Recorded("read-chain")
    @Path("/{chain}/blocks")
    @Produces(NDJSON)
    @Operation(hidden = true)
    public Response export(
            @PathParam("chain") ChainName name,
            @QueryParam("from") @DefaultValue("0") Height from,
            @QueryParam("limit") Optional<Integer> limit,
            @Context RoutingContext context) {
        if (limit.isPresent() && limit.get() < 1) {
            return Problem.invalid("limit", "expected at least 1").response();
        }
        StreamingOutput lines = new BlockExport(
                reader, blockJson, name, from, limit.map(Integer::longValue).orElse(Long.MAX_VALUE));
        return reading(name, context, chain -> Response.ok(lines).build());
    }

    private Response reading(ChainName name, RoutingContext context, Function<Chain, Response> answer) {
        Optional<Chain> chain = chains.named(name);
        if (chain.isEmpty()) {
            return RefusalProblem.of(new Refusal.UnknownChain(name)).response();
        }
        return doorkeeper.letsReadChain(name, context)
                ? answer.apply(chain.get())
                : RefusalProblem.of(new Refusal.Forbidden()).response();
    }

    private ChainView view(Chain chain) {
        return ChainView.of(
                chain, keys.activeKey(chain.signingKey(), KeyPurpose.BLOCK_SIGNING), reader.top(chain.name()));
    }
}
