package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.PublishedKeys;

/** Keys, their certificates, recipients and rewrap windows. */
@Blocking
@Path("/console/keys")
final class KeysResource {
    private final ConsoleDoor door;
    private final PublishedKeys keys;
    private final KeyEncryptionKeys secretKeys;
    private final InstantSource clock;

    KeysResource(ConsoleDoor door, PublishedKeys keys, KeyEncryptionKeys secretKeys, InstantSource clock) {
        this.door = door;
        this.keys = keys;
        this.secretKeys = secretKeys;
        this.clock = clock;
    }

    @GET
    @Recorded("read-keys")
    @Operation(hidden = true)
    public Response keys(@Context RoutingContext context) {
        return door.show(Page.KEYS, context, this::page);
    }

    private KeysPage page(Frame frame) {
        return new KeysPage(
                frame,
                keys.all().stream().map(key -> KeyRow.of(key, clock.instant())).toList(),
                secretKeys.all().stream().map(SecretKeyRow::of).toList(),
                secretKeys.recipients().stream().map(RecipientRow::of).toList(),
                secretKeys.windows().stream().map(WindowRow::of).toList());
    }
}
