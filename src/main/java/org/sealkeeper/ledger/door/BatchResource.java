package org.sealkeeper.ledger.door;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.http.WaitPreference;
import org.sealkeeper.http.access.AccessNotes;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.problem.Faults;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.ledger.signing.BlockSigner;
import org.sealkeeper.ledger.signing.Refusal;
import org.sealkeeper.ledger.signing.RefusalProblem;
import org.sealkeeper.ledger.signing.SigningOutcome;
import org.sealkeeper.ledger.signing.SigningRequest;

/** Where a ledger node has many blocks signed in one request. */
@Path("/v1/blocks/batch")
@Tag(name = "Blocks")
final class BatchResource {
    private final BlockSigner signer;
    private final ProofOfRecord proofs;

    BatchResource(BlockSigner signer, ProofOfRecord proofs) {
        this.signer = signer;
        this.proofs = proofs;
    }

    @POST
    @RecordedElsewhere("BlockSigner records each block in the transactions that make it true")
    @NonBlocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "signBlocks",
            summary = "Sign up to 1,000 blocks",
            description =
                    "Each block is judged by itself, those of one chain in their order; each result is what signing that"
                            + " block alone would have answered. With mode 'merkle' the HSM signs once for each key: the"
                            + " signature is that of the tree of all statements, and each signed block has its statement"
                            + " and the proof that it is in the tree.")
    @APIResponse(
            responseCode = "200",
            description = "A signed block or a problem for each block of the request, in its order",
            content =
                    @Content(
                            schema = @Schema(implementation = BatchResult.class),
                            examples = @ExampleObject(name = "merkle", value = BatchExample.RESULT)))
    public CompletionStage<Response> sign(
            @RequestBody(
                            content =
                                    @Content(
                                            schema = @Schema(implementation = BatchRequest.class),
                                            examples = @ExampleObject(name = "merkle", value = BatchExample.REQUEST)))
                    BatchRequest batch,
            @Context RoutingContext context) {
        if (!batch.hasAllowedSize()) {
            String expected = "expected 1 to " + BatchRequest.MAX_BLOCKS + " blocks, found "
                    + batch.blocks().size();
            return CompletableFuture.completedStage(
                    Problem.invalid("blocks", expected).response());
        }
        AccessNotes.recorded(context);
        Optional<Duration> patience = WaitPreference.of(context);
        List<SigningRequest> requests = batch.blocks().stream()
                .map(item -> new SigningRequest(
                        RequestCaller.of(context), RequestIds.of(context), item.chain(), item.request()))
                .toList();
        List<CompletableFuture<BatchResult.Item>> results = sign(requests, batch.signedAs()).stream()
                .map(outcome -> result(outcome, patience).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> answer(collect(results)));
    }

    private List<CompletionStage<SigningOutcome>> sign(List<SigningRequest> requests, BatchRequest.Mode mode) {
        return switch (mode) {
            case INDIVIDUAL -> requests.stream().map(signer::sign).toList();
            case MERKLE -> signer.signTogether(requests);
        };
    }

    /** Never fails: a fault is this block's result, and leaves its neighbours alone. */
    private CompletionStage<BatchResult.Item> result(
            CompletionStage<SigningOutcome> signing, Optional<Duration> patience) {
        return signing.thenCompose(outcome -> result(outcome, patience))
                .exceptionally(failure -> new BatchResult.Refused(Faults.translate(failure)));
    }

    private CompletionStage<BatchResult.Item> result(SigningOutcome outcome, Optional<Duration> patience) {
        return switch (outcome) {
            case SigningOutcome.Signed(var block, var _) ->
                proofs.prove(block, patience).thenApply(BatchResult.Signed::new);
            case Refusal refusal ->
                CompletableFuture.completedStage(new BatchResult.Refused(RefusalProblem.of(refusal)));
        };
    }

    /** Some of the proofs may be missing where the time to wait was over. */
    private static Response answer(BatchResult batch) {
        var answer = Response.ok(batch);
        if (batch.results().stream().anyMatch(BatchResult.Item::isProven)) {
            answer.header(WaitPreference.APPLIED, "wait");
        }
        return answer.build();
    }

    private static BatchResult collect(List<CompletableFuture<BatchResult.Item>> results) {
        return new BatchResult(results.stream().map(CompletableFuture::join).toList());
    }
}
