package org.sealkeeper.http.body;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;

/** What a request may look like before its caller is known. The framework fails on some of the rest. */
public final class RequestBounds {
    static final int MAX_URI_CHARACTERS = 2_048;
    static final int MAX_HEADER_CHARACTERS = 16 << 10;

    private static final Pattern BODY_LENGTH = Pattern.compile("[0-9]{1,18}");

    private RequestBounds() {}

    /**
     * Refuses a request that exceeds a bound.
     *
     * @throws Refusal saying which bound the request exceeds, or what of it cannot be read
     */
    public static void require(HttpServerRequest request) {
        String uri = request.uri();
        if (uri.length() > MAX_URI_CHARACTERS) {
            throw new Refusal(Problem.of(
                    ProblemType.URI_TOO_LONG, "expected a URI of at most " + MAX_URI_CHARACTERS + " characters"));
        }
        if (characters(request.headers()) > MAX_HEADER_CHARACTERS) {
            throw new Refusal(Problem.of(
                    ProblemType.HEADERS_TOO_LARGE,
                    "expected headers of at most " + MAX_HEADER_CHARACTERS + " characters in total"));
        }
        requireUri(uri);
        requireOneHost(request.headers());
        requireMediaTypes(request.headers());
        requireBodyBound(request);
    }

    /** Why the router looked for no route at all: it does so before anything of ours is asked. */
    public static Refusal whyItHasNoRoute(HttpServerRequest request) {
        String path = request.path();
        return path == null || !path.startsWith("/")
                ? invalid("uri", "expected a path that begins with '/'")
                : invalid("Host", "expected a host, and a port where it has one");
    }

    static Refusal payloadTooLarge() {
        return new Refusal(Problem.payloadTooLarge());
    }

    private static long characters(MultiMap headers) {
        long characters = 0;
        for (Map.Entry<String, String> header : headers) {
            characters += header.getKey().length() + header.getValue().length();
        }
        return characters;
    }

    private static void requireUri(String uri) {
        try {
            new URI(uri);
        } catch (URISyntaxException e) {
            throw invalid("uri", "expected a URI (RFC 3986), malformed at index " + e.getIndex());
        }
        if (path(uri).contains(";")) {
            throw invalid("uri", "expected a path without ';'");
        }
    }

    /** Doors leave path parameters out of what they compare, and who guards doors by their paths does not: no door has any. */
    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static void requireOneHost(MultiMap headers) {
        if (headers.getAll(HttpHeaders.HOST).size() > 1) {
            throw invalid("Host", "expected one host");
        }
    }

    /** By the parser that reads them later: some routes ask it where what it throws is not translated. */
    private static void requireMediaTypes(MultiMap headers) {
        try {
            headers.getAll(HttpHeaders.ACCEPT).forEach(MediaTypeHelper::parseHeader);
        } catch (RuntimeException unreadable) { // whatever an index or a number throws
            throw invalid("Accept", "expected media types (RFC 9110 section 12.5.1)");
        }
        try {
            headers.getAll(HttpHeaders.CONTENT_TYPE).forEach(MediaTypeHelper::valueOf);
        } catch (RuntimeException unreadable) {
            throw new Refusal(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "expected a Content-Type (RFC 9110)"));
        }
    }

    /** A body that does not announce its length is measured where it is read ({@link RequestReader}). */
    private static void requireBodyBound(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && !BODY_LENGTH.matcher(length).matches()) {
            throw invalid("Content-Length", "expected decimal digits");
        }
        if (length != null && Long.parseLong(length) > Problem.MAX_BODY_BYTES) {
            throw payloadTooLarge();
        }
    }

    private static Refusal invalid(String field, String detail) {
        return new Refusal(Problem.invalid(field, detail));
    }
}
