package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.PublishedKeys;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.DeclaredKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.KeysFile;

/** Keys, their certificates, recipients and rewrap windows. */
@Blocking
@Path("/console/keys")
final class KeysResource {
    private final ConsoleDoor door;
    private final PublishedKeys keys;
    private final KeyEncryptionKeys secretKeys;
    private final ApplianceFile settings;
    private final InstantSource clock;

    KeysResource(
            ConsoleDoor door,
            PublishedKeys keys,
            KeyEncryptionKeys secretKeys,
            ApplianceFile settings,
            InstantSource clock) {
        this.door = door;
        this.keys = keys;
        this.secretKeys = secretKeys;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @Recorded("read-keys")
    @Operation(hidden = true)
    public Response keys(@Context RoutingContext context) {
        return door.show(Page.KEYS, context, this::page);
    }

    private KeysPage page(Frame frame) {
        if (settings.keys().isEmpty()) {
            return page(
                    frame,
                    KeysFile.EMPTY,
                    Optional.of("'keys' of appliance.yaml can name the file that declares them"));
        }
        try {
            return page(frame, KeysFile.read(settings.keys().get()), Optional.empty());
        } catch (ConfigurationFault wrong) {
            return page(frame, KeysFile.EMPTY, Optional.of(String.valueOf(wrong.getMessage())));
        }
    }

    private KeysPage page(Frame frame, KeysFile declared, Optional<String> undeclared) {
        Instant now = clock.instant();
        return new KeysPage(
                frame,
                undeclared,
                keys.all().stream()
                        .map(key -> KeyRow.of(key, declared.key(key.alias()).map(DeclaredKey::lifetime), now))
                        .toList(),
                secretKeys.all().stream()
                        .map(key -> SecretKeyRow.of(
                                key,
                                declared.keyEncryptionKey(key.alias()).map(DeclaredKeyEncryptionKey::lifetime),
                                now))
                        .toList(),
                secretKeys.recipients().stream().map(RecipientRow::of).toList(),
                secretKeys.windows().stream().map(WindowRow::of).toList());
    }
}
