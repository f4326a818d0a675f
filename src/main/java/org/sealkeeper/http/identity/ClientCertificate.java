package org.sealkeeper.http.identity;

import java.time.Instant;
import org.sealkeeper.identity.CallerId;

/**
 * The client certificate of a TLS connection.
 *
 * @param expires when it ends, or is no longer known to be unrevoked; a connection may outlive it, the caller's identity does not
 * @param thumbprint the SHA-256 of its DER, base64url without padding: what a token bound to it names as {@code x5t#S256}
 */
public record ClientCertificate(CallerId id, Instant expires, String thumbprint) {}
