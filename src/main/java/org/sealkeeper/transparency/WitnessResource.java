package org.sealkeeper.transparency;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.http.access.AccessNotes;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.VerifierKey;

/**
 * This appliance as a witness of its peers' logs (C2SP tlog-witness). Public: a checkpoint is judged by its signatures, and
 * not by the caller that brings it.
 */
@Path("/v1/witness")
@Tag(name = "Witness")
final class WitnessResource {
    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String SIZE = "text/x.tlog.size";
    private static final ProblemType OTHER_ROOT =
            new ProblemType("conflicting-checkpoint", 422, "Another root of this size was seen");
    private static final ProblemType NOT_PROVEN =
            new ProblemType("inconsistent-checkpoint", 422, "The proof does not lead from what was seen");

    private final Witness witness;

    WitnessResource(Witness witness) {
        this.witness = witness;
    }

    @POST
    @Blocking
    @RecordedElsewhere("Witness records what it judged, in the transaction that keeps what it saw")
    @Path("/add-checkpoint")
    @Produces(TEXT)
    @Operation(operationId = "addCheckpoint", summary = "Have a checkpoint of a peer's log cosigned")
    @APIResponse(responseCode = "200", description = "The signature line of each cosignature")
    @APIResponse(
            responseCode = "403",
            description = "forbidden: no key of this log signed it, or a line of one is wrong")
    @APIResponse(responseCode = "404", description = "not-found: this log is not watched here")
    @APIResponse(responseCode = "409", description = "The size seen last, as text/x.tlog.size")
    @APIResponse(
            responseCode = "422",
            description =
                    "inconsistent-checkpoint: it does not extend what was seen; conflicting-checkpoint: it has the"
                            + " size that was seen, and another root")
    public CompletionStage<Response> addCheckpoint(byte[] body, @Context RoutingContext context) {
        AddCheckpoint request;
        try {
            request = AddCheckpoint.parse(body);
            var _ = Checkpoint.parse(request.checkpoint().text());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedStage(
                    Problem.invalid("body", String.valueOf(e.getMessage())).response());
        }
        return witness.judge(request, RequestIds.of(context)).thenApply(outcome -> answer(outcome, context));
    }

    private static Response answer(CosigningOutcome outcome, RoutingContext context) {
        return switch (outcome) {
            case CosigningOutcome.Cosigned(var lines) ->
                Response.ok(text(lines)).build();
            case CosigningOutcome.SawOtherSize(var size) ->
                Response.status(409).type(SIZE).entity(size + "\n").build();
            case CosigningOutcome.UnknownLog() -> AuditorsDoor.notFound("this log is not watched here");
            case CosigningOutcome.NotSigned() ->
                Problem.of(ProblemType.FORBIDDEN, "expected signatures of known keys of this log, and no wrong one")
                        .response();
            case CosigningOutcome.OldIsLarger() ->
                Problem.invalid("body", "expected an old size no larger than the checkpoint's")
                        .response();
            case CosigningOutcome.NotProven() -> {
                AccessNotes.recorded(context);
                yield Problem.of(NOT_PROVEN, "expected the consistency proof from the size seen last")
                        .response();
            }
            case CosigningOutcome.OtherRoot() -> {
                AccessNotes.recorded(context);
                yield Problem.of(OTHER_ROOT, "this log has signed two histories")
                        .response();
            }
        };
    }

    private static String text(List<NoteSignature> lines) {
        return lines.stream().map(line -> line.line() + "\n").collect(Collectors.joining());
    }

    @GET
    @RecordedElsewhere("public: it tells nothing of what was logged")
    @Path("/vkey")
    @Produces(TEXT)
    @Operation(operationId = "getWitnessKey", summary = "The C2SP verifier keys of this witness, a line each")
    @APIResponse(responseCode = "404", description = "not-found: this appliance is no witness")
    public Response verifierKey() {
        List<VerifierKey> keys = witness.verifierKeys();
        return keys.isEmpty()
                ? AuditorsDoor.notFound("this appliance is no witness")
                : Response.ok(keys.stream().map(key -> key + "\n").collect(Collectors.joining()))
                        .build();
    }

    @GET
    @Blocking
    @RecordedElsewhere("public: it tells nothing of what was logged")
    @Path("/{log}/checkpoint")
    @Produces(TEXT)
    @Operation(
            operationId = "getWitnessedCheckpoint",
            summary = "The last checkpoint cosigned of a log",
            description =
                    "With the lines of the log's keys and this witness's own. The log is named by the SHA-256 of its"
                            + " origin in lowercase hexadecimal.")
    @APIResponse(responseCode = "404", description = "not-found: nothing was cosigned of such a log")
    public Response lastCosigned(@PathParam("log") String hash) {
        return witness.logs().stream()
                .filter(origin -> hash.equals(origin.sha256()))
                .findFirst()
                .flatMap(witness::lastCosigned)
                .map(note -> Response.ok(note.toString()).build())
                .orElseGet(() -> AuditorsDoor.notFound("nothing was cosigned of such a log"));
    }
}
