package org.sealkeeper.issuers;

import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of an issuer, fetched when they are needed and kept for five minutes. While they cannot be fetched, which is tried once
 * in ten seconds, the last ones serve.
 */
final class DiscoveredEndpoints {
    static final Duration KEPT = Duration.ofMinutes(5);
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(DiscoveredEndpoints.class.getName());

    private final String issuer;
    private final URI metadata;
    private final IssuerServer server;
    private final InstantSource clock;
    private @Nullable Endpoints known;
    private Instant nextFetch = Instant.MIN;

    DiscoveredEndpoints(String issuer, URI metadata, IssuerServer server, InstantSource clock) {
        this.issuer = issuer;
        this.metadata = metadata;
        this.server = server;
        this.clock = clock;
    }

    /** Empty where none could be fetched yet. Waits for the issuer's server where it must; one question at a time. */
    synchronized Optional<Endpoints> current() {
        if (!clock.instant().isBefore(nextFetch)) {
            try {
                known = Endpoints.of(server.metadata(metadata, issuer));
                nextFetch = clock.instant().plus(KEPT);
            } catch (IOException | ParseException | IllegalArgumentException e) {
                nextFetch = clock.instant().plus(INTERVAL);
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the endpoints of the issuer {0}, for people to sign in, could not be fetched: {1}",
                        issuer,
                        e);
            }
        }
        return Optional.ofNullable(known);
    }
}
