package org.sealkeeper.issuers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What this appliance is to an issuer with which people sign in (RFC 6749 section 2).
 *
 * @param id the {@code client_id}
 * @param scope what is asked for, with blanks between
 * @param secret the file of the client's secret; empty for a public client
 * @param metadata where the issuer says its endpoints
 * @param authorities PEM certificates; the issuer's server must have a certificate of these
 */
record SignInClient(String id, String scope, Optional<Path> secret, URI metadata, Path authorities) {}
