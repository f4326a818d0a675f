package org.sealkeeper.directory;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sealkeeper.http.access.RecordedElsewhere;
import org.sealkeeper.keys.KeyStateLines;
import org.sealkeeper.keys.PublishedKeys;

/** The states of the keys of the JWK Set, for those who verify: which of them are compromised, and since when. Public, as the set is. */
@NonBlocking
@Path("/.well-known/key-states.ndjson")
@Tag(name = "Keys")
final class KeyStatesResource {
    private final PublishedKeys keys;

    KeyStatesResource(PublishedKeys keys) {
        this.keys = keys;
    }

    @GET
    @RecordedElsewhere("public: who verifies must know it, and needs no name")
    @Produces({"application/x-ndjson", "application/json"})
    @Operation(
            operationId = "getKeyStates",
            summary = "The state of every key of the JWK Set, one JSON object a line",
            description = "With kid, alias, version, state, stateSince, and compromisedSince where it is compromised.")
    public Response states() {
        return Response.ok(KeyStateLines.ofBlocks(keys.all()))
                .header("Cache-Control", "public, max-age=60")
                .build();
    }
}
