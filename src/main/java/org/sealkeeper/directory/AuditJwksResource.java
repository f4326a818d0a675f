package org.sealkeeper.directory;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.keys.Jwks;
import org.sealkeeper.keys.KeyRing;

/** The keys of the audit log and of the witness, for users of JOSE tools: they sign notes, never a JWS. Public. */
@NonBlocking
@Path("/v1/audit/jwks.json")
@Tag(name = "Keys")
final class AuditJwksResource {
    private final KeyRing keys;

    AuditJwksResource(KeyRing keys) {
        this.keys = keys;
    }

    @GET
    @RecordedElsewhere("public: a verification key is no secret, and its reader needs no name")
    @Produces({JwksResource.JWK_SET, "application/json"})
    @Operation(
            operationId = "getAuditJwks",
            summary = "All keys ever used for signing checkpoints, as a JWK Set (RFC 7517)",
            description = "Of the audit log and of the witness. What C2SP tools read is /v1/audit/vkey.")
    public Response jwks() {
        return JwksResource.answer(Jwks.ofNotes(keys.keys()));
    }
}
