package org.sealkeeper.ledger.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.keys.PublishedKeys;
import org.sealkeeper.ledger.BatchProof;
import org.sealkeeper.ledger.BatchedStatement;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.verification.BlockVerdict;
import org.sealkeeper.ledger.verification.BlockVerifier;

/** A convenience for callers without a JOSE library. No proof: a caller that must not trust this appliance verifies offline. */
@Path("/v1/blocks/verify")
@Tag(name = "Blocks")
final class VerifyResource {
    private final BlockVerifier verifier;
    private final PublishedKeys keys;
    private final Doorkeeper doorkeeper;

    VerifyResource(BlockVerifier verifier, PublishedKeys keys, Doorkeeper doorkeeper) {
        this.verifier = verifier;
        this.keys = keys;
        this.doorkeeper = doorkeeper;
    }

    @POST
    @Recorded("verify-signature")
    @NonBlocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "verifyBlock", summary = "Check a block signature against this appliance's own keys")
    @APIResponse(
            responseCode = "200",
            description = "What the signature says, or why it says nothing",
            content = @Content(schema = @Schema(implementation = Verdict.class)))
    public Response verify(VerifyRequest request, @Context RoutingContext context) {
        if (!doorkeeper.letsVerifySignature(context)) {
            return Problem.forbidden().response();
        }
        return Response.ok(
                        switch (verifier.verify(request.signature(), request.batched())) {
                            case BlockVerdict.Valid(var statement, var keyId) ->
                                Verdict.valid(statement, keyId, compromisedSince(keyId));
                            case BlockVerdict.Invalid(var reason) -> Verdict.invalid(reason);
                            case BlockVerdict.Malformed(var reason) -> Verdict.invalid(reason);
                        })
                .build();
    }

    private Optional<Instant> compromisedSince(KeyId key) {
        return keys.key(key).flatMap(found -> found.status().compromisedSince());
    }

    /**
     * What a signed block has.
     *
     * @param signature a JWS compact string
     * @param statement of the block, beside the signature of a batch
     * @param proof that the statement is in the batch
     */
    @Schema(requiredProperties = "signature")
    record VerifyRequest(String signature, Optional<String> statement, Optional<BatchProof> proof) {
        /** @throws IllegalArgumentException if there is a statement without a proof, or a proof without a statement */
        VerifyRequest {
            if (statement.isPresent() != proof.isPresent()) {
                throw new IllegalArgumentException("expected statement and proof together, or neither");
            }
        }

        Optional<BatchedStatement> batched() {
            return statement.map(text -> new BatchedStatement(text, proof.orElseThrow()));
        }
    }

    /**
     * What the signature says, or why it says nothing.
     *
     * @param keyCompromisedSince from when on what the key signed is to be doubted: the log tells when this was; absent where it is not compromised
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Verdict(
            boolean valid,
            Optional<String> reason,
            Optional<KeyId> keyId,
            Optional<Instant> keyCompromisedSince,
            Optional<Statement> statement) {

        static Verdict valid(BlockStatement said, KeyId keyId, Optional<Instant> compromisedSince) {
            return new Verdict(
                    true, Optional.empty(), Optional.of(keyId), compromisedSince, Optional.of(Statement.of(said)));
        }

        static Verdict invalid(String reason) {
            return new Verdict(false, Optional.of(reason), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** The payload of a valid signature. */
    record Statement(ChainName chain, Height height, BlockHash previousHash, BlockHash blockHash, String signedAt) {

        static Statement of(BlockStatement said) {
            return new Statement(
                    said.chain(), said.height(), said.previousHash(), said.blockHash(), said.signedAtText());
        }
    }
}
