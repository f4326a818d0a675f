package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.evidence.EvidenceMaker;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.PublishedKeys;
import org.sealkeeper.keys.StoredRow;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.ledger.door.BlockText;
import org.sealkeeper.ledger.door.ChainReader;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.store.Store;

/** The evidence of a block, for callers that may read its chain and the audit log. */
@Blocking
@Path("/v1/chains/{chain}/blocks/{height}/evidence")
@Tag(name = "Chains")
final class BlockEvidenceResource {
    private final Doorkeeper doorkeeper;
    private final Chains chains;
    private final ChainReader reader;
    private final PublishedKeys keys;
    private final Store store;

    BlockEvidenceResource(Doorkeeper doorkeeper, Chains chains, ChainReader reader, PublishedKeys keys, Store store) {
        this.doorkeeper = doorkeeper;
        this.chains = chains;
        this.reader = reader;
        this.keys = keys;
        this.store = store;
    }

    @GET
    @Recorded("read-chain")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getBlockEvidence",
            summary = "What proves that a block was signed, in one file",
            description =
                    "A bundle of evidence (docs/formats/evidence.md), to be judged offline. It lacks the history of the key,"
                            + " for which the whole log must be read: 'sealkeeper evidence make' adds that. The text of the policy is"
                            + " in it where the caller may read the policy.")
    @APIResponse(
            responseCode = "200",
            description = "The bundle (docs/formats/evidence.schema.json)",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "404",
            description =
                    "not-found: nothing is signed at this height, or its leaf is not under a checkpoint of this log")
    public Response evidence(
            @PathParam("chain") ChainName name, @PathParam("height") Height height, @Context RoutingContext context) {
        if (chains.named(name).isEmpty()) {
            return ConsoleDoor.nothing("no chain has this name");
        }
        if (!doorkeeper.letsReadChain(name, context) || !doorkeeper.wouldLet(PolicyOperation.READ_AUDIT_LOG, context)) {
            return Problem.forbidden().response();
        }
        boolean showsPolicy = doorkeeper.wouldLet(PolicyOperation.READ_POLICY, context);
        return reader.block(name, height)
                .flatMap(this::signed)
                .flatMap(block -> new EvidenceMaker(store, showsPolicy, _ -> {}).withoutHistory(block))
                .map(bundle -> Response.ok(bundle.bytes()).build())
                .orElseGet(() -> ConsoleDoor.nothing(
                        "nothing is signed at this height, or its leaf is not under a checkpoint of this log yet"));
    }

    /** Empty where its leaf is in no log, or in that of another appliance. */
    private Optional<EvidenceMaker.Signed> signed(SignedBlock block) {
        return block.auditIndex()
                .filter(_ -> block.auditLog().isEmpty())
                .map(leaf -> new EvidenceMaker.Signed(
                        BlockText.of(block),
                        reader.before(block).map(BlockText::of),
                        block.keyId(),
                        certificates(block.keyId()),
                        leaf));
    }

    private List<String> certificates(KeyId key) {
        return keys.key(key).map(CataloguedKey::chain).orElse(List.of()).stream()
                .map((X509Certificate certificate) -> StoredRow.encoded(certificate))
                .toList();
    }
}
