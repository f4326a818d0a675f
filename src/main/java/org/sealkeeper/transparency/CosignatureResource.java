package org.sealkeeper.transparency;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.audit.Cosignatures;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.merkle.Note;

/** Where witnesses that fetch checkpoints by themselves leave their cosignatures. */
@Path("/v1/audit/cosignatures")
@Tag(name = "Audit log")
final class CosignatureResource {
    private static final ProblemType INVALID = new ProblemType(
            "cosignature-invalid", 422, "This is not a cosignature of a known witness under a checkpoint of this log");

    private final Cosignatures cosignatures;

    CosignatureResource(Cosignatures cosignatures) {
        this.cosignatures = cosignatures;
    }

    @POST
    @Blocking
    @Recorded("receive-cosignature")
    @Consumes(MediaType.TEXT_PLAIN)
    @Produces("text/plain;charset=utf-8")
    @Operation(
            operationId = "addCosignatures",
            summary = "Add cosignatures to a checkpoint",
            description = "The body is the checkpoint as it was fetched, with cosignature lines under it (C2SP"
                    + " tlog-cosignature).")
    @APIResponse(responseCode = "200", description = "The checkpoint with all cosignatures kept for it")
    @APIResponse(
            responseCode = "422",
            description = "cosignature-invalid: no line of a known witness, not our checkpoint, or an older one than is"
                    + " cosigned already")
    public CompletionStage<Response> add(byte[] body) {
        Note note;
        try {
            note = Note.parse(body);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedStage(
                    Problem.invalid("body", String.valueOf(e.getMessage())).response());
        }
        return cosignatures
                .add(note)
                .thenApply(
                        kept -> kept.map(found -> Response.ok(found.toString()).build())
                                .orElseGet(() -> Problem.of(INVALID, "fetch the newest checkpoint, and cosign that")
                                        .response()));
    }
}
