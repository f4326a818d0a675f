package org.sealkeeper.issuers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where an issuer's keys are, as a JWK Set (RFC 7517 section 5). */
sealed interface KeySource {

    /**
     * Where the issuer's own metadata says.
     *
     * @param authorities PEM certificates; the issuer's server must have a certificate of these
     */
    record Discovery(URI metadata, Path authorities) implements KeySource {}

    /** At a URL with https. */
    record Url(URI keys, Path authorities) implements KeySource {}

    /** In a file of the operator's, which is looked at again every few minutes. */
    record File(Path keys) implements KeySource {}

    /** Who vouches for the server that is asked; empty where none is. */
    default Optional<Path> trusted() {
        return switch (this) {
            case Discovery discovery -> Optional.of(discovery.authorities());
            case Url url -> Optional.of(url.authorities());
            case File _ -> Optional.empty();
        };
    }
}
