package org.sealkeeper.transparency;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Cosignatures;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.merkle.Note;

/** What the log commits itself to, and by which keys. Public: a size and a root show nothing of what was logged. */
@Blocking
@Path("/v1/audit")
@Tag(name = "Audit log")
final class CheckpointResource {
    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String PUBLIC = "public: it tells nothing of what was logged";

    private final AuditLog log;
    private final Cosignatures cosignatures;

    CheckpointResource(AuditLog log, Cosignatures cosignatures) {
        this.log = log;
        this.cosignatures = cosignatures;
    }

    @GET
    @RecordedElsewhere(PUBLIC)
    @Path("/vkey")
    @Produces(TEXT)
    @Operation(
            operationId = "getAuditKeys",
            summary = "The C2SP verifier keys of the log, one a line, retired ones too")
    public Response verifierKeys() {
        return Response.ok(log.verifierKeys().stream().map(key -> key + "\n").collect(Collectors.joining()))
                .build();
    }

    @GET
    @RecordedElsewhere(PUBLIC)
    @Path("/checkpoint")
    @Produces(TEXT)
    @Operation(operationId = "getCheckpoint", summary = "The newest checkpoint, a C2SP signed note")
    @APIResponse(responseCode = "404", description = "not-found: no checkpoint was signed yet")
    public Response checkpoint() {
        Optional<Note> newest = log.published().map(published -> published.note());
        return answer(newest.map(note -> cosignatures
                .newest()
                .filter(cosigned -> cosigned.text().equals(note.text()))
                .orElse(note)));
    }

    @GET
    @RecordedElsewhere(PUBLIC)
    @Path("/cosigned")
    @Produces(TEXT)
    @Operation(operationId = "getCosignedCheckpoint", summary = "The newest checkpoint that witnesses have cosigned")
    @APIResponse(responseCode = "404", description = "not-found: no witness has cosigned yet")
    public Response cosigned() {
        return answer(cosignatures.newest());
    }

    private static Response answer(Optional<Note> note) {
        return note.map(found -> Response.ok(found.toString())
                        .header("Cache-Control", "no-cache")
                        .build())
                .orElseGet(() -> AuditorsDoor.notFound("there is no such checkpoint yet"));
    }
}
