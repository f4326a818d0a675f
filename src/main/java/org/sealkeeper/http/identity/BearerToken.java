package org.sealkeeper.http.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.kernel.TokenBearer;

/**
 * A bearer token that was found good. The token itself is not kept.
 *
 * @param claims all its claims as JSON values, unmodifiable
 * @param expires from when on it proves nothing, the tolerated clock skew included
 * @param boundTo the thumbprint of the one certificate it may be shown with (RFC 8705 section 3.1); empty where it is not bound
 */
public record BearerToken(TokenBearer bearer, Map<String, Object> claims, Instant expires, Optional<String> boundTo) {}
