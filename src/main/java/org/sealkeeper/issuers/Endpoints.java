package org.sealkeeper.issuers;

import java.net.URI;
import java.text.ParseException;
import java.util.Map;

/**
 * Where people sign in (OpenID Connect Discovery section 3).
 *
 * @param namesItself whether each answer at the redirect URI names the issuer (RFC 9207 section 2.3)
 */
record Endpoints(URI authorization, URI token, boolean namesItself) {
    private static final String NAMES_ITSELF = "authorization_response_iss_parameter_supported";

    /** A fragment would keep the fields from the server (RFC 6749 section 3.1). */
    Endpoints {
        if (authorization.getRawFragment() != null) {
            throw new IllegalArgumentException("expected an 'authorization_endpoint' without a fragment");
        }
    }

    /**
     * Reads those of an issuer.
     *
     * @throws IllegalArgumentException if one is missing, or has no https
     */
    static Endpoints of(Map<String, Object> metadata) throws ParseException {
        return new Endpoints(
                IssuerServer.url(metadata, "authorization_endpoint"),
                IssuerServer.url(metadata, "token_endpoint"),
                Boolean.TRUE.equals(metadata.get(NAMES_ITSELF)));
    }

    /** Where a browser is sent; the endpoint may have a query of its own (RFC 6749 section 3.1). */
    URI authorizationOf(Map<String, String> fields) {
        String query = authorization.getRawQuery();
        String begin = query == null ? "?" : query.isEmpty() ? "" : "&";
        return URI.create(authorization + begin + UrlEncodedForm.of(fields));
    }
}
