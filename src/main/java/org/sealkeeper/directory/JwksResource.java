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
import org.sealkeeper.keys.PublishedKeys;

/** The JWK Set every JOSE library knows how to fetch: what block signatures need, and nothing a library might not know. Public: a verification key is no secret. */
@NonBlocking
@Path("/.well-known/jwks.json")
@Tag(name = "Keys")
final class JwksResource {
    static final String JWK_SET = "application/jwk-set+json";

    private final PublishedKeys keys;

    JwksResource(PublishedKeys keys) {
        this.keys = keys;
    }

    @GET
    @RecordedElsewhere("public: a verification key is no secret, and its reader needs no name")
    @Produces({JWK_SET, "application/json"})
    @Operation(
            operationId = "getJwks",
            summary = "All keys ever used for signing blocks, as a JWK Set (RFC 7517)",
            description = "Those of the audit log are at /v1/audit/jwks.json.")
    public Response jwks() {
        return answer(Jwks.ofBlocks(keys.all()));
    }

    static Response answer(String keys) {
        return Response.ok(keys).header("Cache-Control", "public, max-age=300").build();
    }
}
