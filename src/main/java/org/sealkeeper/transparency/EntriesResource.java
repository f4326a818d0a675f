package org.sealkeeper.transparency;

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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.http.PathParameters;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;

/** Where auditors search the leaves of the log, and get their proofs. */
@Blocking
@Path("/v1/audit/entries")
@Tag(name = "Audit log")
final class EntriesResource {
    private static final int MAX_PAGE = 1_000;

    private final AuditorsDoor auditors;

    EntriesResource(AuditorsDoor auditors) {
        this.auditors = auditors;
    }

    @GET
    @Recorded("read-audit-log")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listEntries",
            summary = "Leaves of the published log",
            description =
                    "A page looks at up to 10,000 leaves from 'from' on, so it may be empty and still have a 'next'.")
    @APIResponse(
            responseCode = "200",
            description = "The leaves that all the given filters accept, in their order",
            content = @Content(schema = @Schema(implementation = EntryPage.class)))
    public Response entries(
            @QueryParam("from")
                    @DefaultValue("0")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            format = "int64",
                                            minimum = "0",
                                            maximum = PathParameters.HIGHEST))
                    Long from,
            @QueryParam("limit")
                    @DefaultValue("100")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            format = "int32",
                                            minimum = "1",
                                            maximum = "" + MAX_PAGE))
                    Integer limit,
            @QueryParam("caller") Optional<String> caller,
            @QueryParam("subject") Optional<String> subject,
            @QueryParam("operation") Optional<String> operation,
            @QueryParam("chain") Optional<String> chain,
            @QueryParam("outcome") Optional<String> outcome,
            @Context RoutingContext context) {
        if (limit < 1 || limit > MAX_PAGE) {
            return Problem.invalid("limit", "expected 1 to " + MAX_PAGE).response();
        }
        var filter = new EntryFilter(caller, subject, operation, chain, outcome);
        Optional<Problem> problem = filter.whyNothingCanBeFound();
        if (problem.isPresent()) {
            return problem.get().response();
        }
        return auditors.reading(
                context,
                log -> Response.ok(EntryPage.of(log, from, limit, filter)).build());
    }

    @GET
    @Recorded("read-audit-log")
    @Path("/{index}/proof")
    @Produces("text/plain;charset=utf-8")
    @Operation(
            operationId = "getProof",
            summary = "The proof that a leaf is in the log",
            description = "A C2SP tlog-proof, to be checked offline with the leaf and the log's vkeys.")
    @APIResponse(responseCode = "404", description = "not-found: the published log has not so many leaves")
    public Response proof(
            @PathParam("index")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            format = "int64",
                                            minimum = "0",
                                            maximum = PathParameters.HIGHEST))
                    Long index,
            @Context RoutingContext context) {
        return auditors.reading(
                context,
                log -> log.proof(index)
                        .map(proof -> Response.ok(proof.toString()).build())
                        .orElseGet(() -> AuditorsDoor.notFound("the newest checkpoint covers "
                                + log.checkpoint().size() + " leaves; a new leaf is covered within a second")));
    }
}
