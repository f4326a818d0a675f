package org.sealkeeper.http.problem;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One kind of refusal or failure a caller can tell from the others (RFC 9457). The types every door shares are constants here;
 * a feature declares its own.
 *
 * @param name the end of its URN, such as {@code invalid-request}
 * @param status the HTTP status, 400 to 599
 * @param title what it is in a few words, the same every time
 */
public record ProblemType(String name, int status, String title) {
    /** Before the constants: they are checked against it. */
    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");

    public static final ProblemType INVALID_REQUEST =
            new ProblemType("invalid-request", 400, "The request is not of the documented form");
    public static final ProblemType UNAUTHENTICATED =
            new ProblemType("unauthenticated", 401, "The caller did not prove its identity");
    public static final ProblemType INVALID_TOKEN =
            new ProblemType("invalid-token", 401, "The bearer token proves nothing");
    public static final ProblemType FORBIDDEN = new ProblemType("forbidden", 403, "This caller may not do this");
    public static final ProblemType NOT_FOUND = new ProblemType("not-found", 404, "There is nothing here");
    public static final ProblemType METHOD_NOT_ALLOWED =
            new ProblemType("method-not-allowed", 405, "The resource has no such method");
    public static final ProblemType NOT_ACCEPTABLE =
            new ProblemType("not-acceptable", 406, "The resource has no representation of an accepted media type");
    public static final ProblemType REQUEST_TIMEOUT =
            new ProblemType("request-timeout", 408, "The request did not arrive in time");
    public static final ProblemType PAYLOAD_TOO_LARGE =
            new ProblemType("payload-too-large", 413, "The request body is too large");
    public static final ProblemType URI_TOO_LONG = new ProblemType("uri-too-long", 414, "The request URI is too long");
    public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
            new ProblemType("unsupported-media-type", 415, "The request body is of an unsupported media type");
    public static final ProblemType OVERLOADED =
            new ProblemType("overloaded", 429, "Too many requests wait; nothing was begun");
    public static final ProblemType HEADERS_TOO_LARGE =
            new ProblemType("headers-too-large", 431, "The request headers are too large");
    public static final ProblemType INTERNAL =
            new ProblemType("internal", 500, "Something failed that should not have");
    public static final ProblemType HSM_UNAVAILABLE =
            new ProblemType("hsm-unavailable", 503, "The HSM did not do its work; nothing was signed");
    public static final ProblemType STORE_UNAVAILABLE =
            new ProblemType("store-unavailable", 503, "The store could not write or read; nothing was signed");

    public static final ProblemType ISSUER_UNAVAILABLE =
            new ProblemType("issuer-unavailable", 503, "The keys of the token's issuer could not be fetched");

    public ProblemType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected a problem name of a-z and '-', found '" + name + "'");
        }
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("expected a status from 400 to 599, found " + status);
        }
    }

    /** The {@code type} of its problems. */
    public String urn() {
        return "urn:sealkeeper:problem:" + name;
    }

    /** What the answer says of how to prove an identity (RFC 6750 section 3); empty where that is not the problem. */
    Optional<String> challenge() {
        if (status != 401) {
            return Optional.empty();
        }
        return Optional.of(equals(INVALID_TOKEN) ? "Bearer error=\"invalid_token\"" : "Bearer");
    }

    /** Whether the same request may succeed when it is sent again after a moment. */
    boolean passes() {
        return status == 429 || status == 503;
    }
}
