package org.sealkeeper.ledger.door;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.http.WaitPreference;
import org.sealkeeper.http.access.AccessNotes;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.ledger.signing.BlockSigner;
import org.sealkeeper.ledger.signing.Refusal;
import org.sealkeeper.ledger.signing.RefusalProblem;
import org.sealkeeper.ledger.signing.SigningOutcome;
import org.sealkeeper.ledger.signing.SigningRequest;

/** Where a ledger node has one block signed. */
@Path("/v1/chains/{chain}/blocks")
@Tag(name = "Blocks")
final class LedgerBlockResource {
    private final BlockSigner signer;
    private final ProofOfRecord proofs;

    LedgerBlockResource(BlockSigner signer, ProofOfRecord proofs) {
        this.signer = signer;
        this.proofs = proofs;
    }

    @POST
    @RecordedElsewhere("BlockSigner records it in the transactions that make it true")
    @NonBlocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "signBlock",
            summary = "Sign a block",
            description =
                    "Claims the height for this block durably, then signs it in the HSM. The same request again is answered"
                            + " with the identical signature, so a node may repeat it until it has an answer. With"
                            + " 'Prefer: wait=5' the answer waits for the audit log's next checkpoint, and carries"
                            + " the proof that the signature was recorded.")
    @APIResponse(
            responseCode = "201",
            description = "The block is signed for the first time",
            content = @Content(schema = @Schema(implementation = SignedBlock.class)))
    @APIResponse(
            responseCode = "200",
            description = "The same block was signed before; its signature is byte for byte the earlier one",
            content = @Content(schema = @Schema(implementation = SignedBlock.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "conflicting-block (with signedHash), broken-link (with expectedPreviousHash), height-gap (with"
                            + " expectedHeight), height-regression (with lowestHeight), height-above-ceiling (with"
                            + " ceiling) or chain-closed (with handedOverTo): nothing was signed")
    @APIResponse(
            responseCode = "503",
            description = "key-inactive: no version of the chain's key signs now; hsm-unavailable; store-unavailable")
    @APIResponse(responseCode = "404", description = "unknown-chain")
    @APIResponse(responseCode = "403", description = "forbidden: the chain does not name this caller as a signer")
    public CompletionStage<Response> sign(
            @PathParam("chain") ChainName chain, BlockRequest request, @Context RoutingContext context) {
        AccessNotes.recorded(context);
        Optional<Duration> patience = WaitPreference.of(context);
        return signer.sign(new SigningRequest(RequestCaller.of(context), RequestIds.of(context), chain, request))
                .thenCompose(outcome -> answer(outcome, patience));
    }

    private CompletionStage<Response> answer(SigningOutcome outcome, Optional<Duration> patience) {
        return switch (outcome) {
            case SigningOutcome.Signed(var block, var replay) ->
                proofs.prove(block, patience).thenApply(proven -> answer(proven, replay));
            case Refusal refusal ->
                CompletableFuture.completedStage(RefusalProblem.of(refusal).response());
        };
    }

    private static Response answer(SignedBlock block, boolean replay) {
        var answer = Response.status(replay ? 200 : 201).entity(block);
        if (block.auditProof().isPresent()) {
            answer.header(WaitPreference.APPLIED, "wait");
        }
        return answer.build();
    }
}
