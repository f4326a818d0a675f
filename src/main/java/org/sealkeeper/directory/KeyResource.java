package org.sealkeeper.directory;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.encoding.Pem;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.PublishedKeys;

/** The keys of this appliance, and the block-signing ones of the others of its database; retired ones too: they verify old signatures. */
@NonBlocking
@Path("/v1/keys")
@Tag(name = "Keys")
final class KeyResource {
    private static final String PUBLIC_KEY_PEM = "application/x-pem-file";
    private static final String CERTIFICATE_PEM = "application/pem-certificate-chain";

    private final PublishedKeys keys;
    private final Doorkeeper doorkeeper;

    KeyResource(PublishedKeys keys, Doorkeeper doorkeeper) {
        this.keys = keys;
        this.doorkeeper = doorkeeper;
    }

    @GET
    @Recorded("read-keys")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listKeys", summary = "Every version of every key")
    @APIResponse(
            responseCode = "200",
            description = "In the order of alias and version",
            content = @Content(schema = @Schema(implementation = KeyList.class)))
    public Response list(@Context RoutingContext context) {
        return doorkeeper.letsReadKeys(context)
                ? Response.ok(new KeyList(keys.all().stream().map(KeyView::of).toList()))
                        .build()
                : Problem.forbidden().response();
    }

    /** Every key there is, in the order of alias and version. */
    record KeyList(List<KeyView> keys) {}

    @GET
    @Recorded("read-keys")
    @Path("/{keyId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getKey",
            summary = "One key",
            description = "Also as application/x-pem-file (the public key) and application/pem-certificate-chain (its"
                    + " certificate), by Accept.")
    @APIResponse(
            responseCode = "200",
            description = "The key",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = KeyView.class)),
                @Content(mediaType = PUBLIC_KEY_PEM),
                @Content(mediaType = CERTIFICATE_PEM)
            })
    @APIResponse(responseCode = "404", description = "not-found: no key has this id")
    public Response key(@PathParam("keyId") KeyId id, @Context RoutingContext context) {
        return answer(id, KeyView::of, context);
    }

    @GET
    @Recorded("read-keys")
    @Path("/{keyId}")
    @Produces(PUBLIC_KEY_PEM)
    @Operation(hidden = true)
    public Response publicKey(@PathParam("keyId") KeyId id, @Context RoutingContext context) {
        return answer(id, key -> Pem.of("PUBLIC KEY", key.verificationKey().spki()), context);
    }

    @GET
    @Recorded("read-keys")
    @Path("/{keyId}")
    @Produces(CERTIFICATE_PEM)
    @Operation(hidden = true)
    public Response certificate(@PathParam("keyId") KeyId id, @Context RoutingContext context) {
        return answer(id, KeyResource::certificate, context);
    }

    private static String certificate(CataloguedKey key) {
        try {
            var pem = new StringBuilder();
            for (X509Certificate certificate : key.chain()) {
                pem.append(Pem.of("CERTIFICATE", certificate.getEncoded()));
            }
            return pem.toString();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of key " + key.keyId() + " cannot be encoded", e);
        }
    }

    private Response answer(KeyId id, Function<CataloguedKey, Object> body, RoutingContext context) {
        if (!doorkeeper.letsReadKeys(context)) {
            return Problem.forbidden().response();
        }
        Optional<CataloguedKey> key = keys.key(id);
        return key.isPresent()
                ? Response.ok(body.apply(key.get())).build()
                : Problem.of(ProblemType.NOT_FOUND, "no key has the id " + id).response();
    }
}
