package org.sealkeeper.envelope;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.http.access.AccessNotes;
import org.sealkeeper.http.access.RecordedElsewhere;

/** Where lab and clinical systems ask for data keys. No answer ever has one in the clear. */
@Path("/v1/data-keys")
@Tag(name = "Data keys")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class DataKeyResource {
    private static final String WHO_RECORDS =
            "RecordedUse records the intent before the key is used, and the outcome after";

    private final DataKeyDesk desk;

    DataKeyResource(DataKeyDesk desk) {
        this.desk = desk;
    }

    @POST
    @RecordedElsewhere(WHO_RECORDS)
    @Operation(
            operationId = "generateDataKey",
            summary = "Make a data key for a record",
            description =
                    "The HSM makes an AES-256 key and gives it wrapped twice: under the key-encryption key, bound to the"
                            + " context, to be stored beside the record; and to the recipient's RSA key, as the"
                            + " 'encrypted_key' of a JWE, to encrypt the record with.")
    @APIResponse(
            responseCode = "201",
            description = "The data key was made",
            content = @Content(schema = @Schema(implementation = ReleasedView.class)))
    @APIResponse(responseCode = "403", description = "forbidden: no grant of the policy allows it")
    @APIResponse(responseCode = "404", description = "unknown-key")
    @APIResponse(responseCode = "422", description = "unknown-recipient")
    public CompletionStage<Response> generate(GenerateRequest request, @Context RoutingContext context) {
        AccessNotes.recorded(context);
        return desk.generate(Requester.of(context), request).thenApply(Views::response);
    }

    @POST
    @Path("unwrap")
    @RecordedElsewhere(WHO_RECORDS)
    @Operation(
            operationId = "unwrapDataKey",
            summary = "Have a data key released to a recipient",
            description =
                    "The HSM unwraps the data key and wraps it to the recipient's RSA key; it is never in the clear outside."
                            + " An emergency (ETREAT, ERTREAT, BTG) must be granted by name and justified once; further"
                            + " requests of the same caller, key and purpose are part of it until it ends.")
    @APIResponse(
            responseCode = "200",
            description = "The data key, encrypted to the recipient",
            content = @Content(schema = @Schema(implementation = ReleasedView.class)))
    @APIResponse(responseCode = "403", description = "forbidden: no grant of the policy allows it")
    @APIResponse(responseCode = "410", description = "key-destroyed: nothing can unwrap it any more")
    @APIResponse(
            responseCode = "422",
            description =
                    "wrapped-key-invalid (one answer for a wrong context and for whatever is forged, altered or foreign),"
                            + " unknown-recipient or justification-required")
    public CompletionStage<Response> unwrap(UnwrapRequest request, @Context RoutingContext context) {
        AccessNotes.recorded(context);
        return desk.unwrap(Requester.of(context), request).thenApply(Views::response);
    }

    @POST
    @Path("unwrap/batch")
    @RecordedElsewhere(WHO_RECORDS)
    @Operation(operationId = "unwrapDataKeys", summary = "Have up to 1,000 data keys released, each judged by itself")
    @APIResponse(
            responseCode = "200",
            description = "A released data key or a problem for each, in the order of the request",
            content = @Content(schema = @Schema(implementation = Batch.Results.class)))
    public CompletionStage<Response> unwrapAll(BatchUnwrapRequest batch, @Context RoutingContext context) {
        AccessNotes.recorded(context);
        Requester by = Requester.of(context);
        return Batch.answer(batch.keys(), request -> desk.unwrap(by, request));
    }

    @POST
    @Path("rewrap")
    @RecordedElsewhere(WHO_RECORDS)
    @Operation(
            operationId = "rewrapDataKey",
            summary = "Move a data key to the newest version of its key-encryption key",
            description = "Only while a rewrap window is open for the key. What was moved already stays as it is.")
    @APIResponse(
            responseCode = "200",
            description = "The data key under the newest version, bound to the same context",
            content = @Content(schema = @Schema(implementation = RewrappedView.class)))
    @APIResponse(responseCode = "403", description = "forbidden: no grant of the policy allows it")
    @APIResponse(responseCode = "409", description = "no-rewrap-window")
    @APIResponse(responseCode = "410", description = "key-destroyed")
    @APIResponse(responseCode = "422", description = "wrapped-key-invalid")
    public CompletionStage<Response> rewrap(RewrapRequest request, @Context RoutingContext context) {
        AccessNotes.recorded(context);
        return desk.rewrap(Requester.of(context), request).thenApply(Views::response);
    }

    @POST
    @Path("rewrap/batch")
    @RecordedElsewhere(WHO_RECORDS)
    @Operation(operationId = "rewrapDataKeys", summary = "Move up to 1,000 data keys, each judged by itself")
    @APIResponse(
            responseCode = "200",
            description = "A re-wrapped data key or a problem for each, in the order of the request",
            content = @Content(schema = @Schema(implementation = Batch.Results.class)))
    public CompletionStage<Response> rewrapAll(BatchRewrapRequest batch, @Context RoutingContext context) {
        AccessNotes.recorded(context);
        Requester by = Requester.of(context);
        return Batch.answer(batch.keys(), request -> desk.rewrap(by, request));
    }
}
