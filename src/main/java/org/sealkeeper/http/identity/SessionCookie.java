package org.sealkeeper.http.identity;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.Refusal;

/**
 * The cookie of a session, and what it counts for. A browser sends it with every request, also with those that a page of another site makes:
 * it opens the console, and the two reads of the API that the console's pages make, and nothing else.
 */
public final class SessionCookie {
    /** Browsers take one of this prefix from this host alone, over TLS (RFC 6265bis section 4.1.3.2). */
    public static final String NAME = "__Host-sealkeeper-console";

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String CONSOLE = "/console";
    private static final Pattern READ_BY_PAGES =
            Pattern.compile("/v1/chains/[^/]+/blocks/[^/]+/evidence|/v1/audit/entries/[^/]+/proof");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String KEY = SessionCookie.class.getName();

    private SessionCookie() {}

    /** Whether this is a path of the console. */
    public static boolean isOfConsole(String path) {
        return path.equals(CONSOLE) || path.startsWith(CONSOLE + "/");
    }

    /**
     * Refuses what changes something in the console and does not come from a page of the console: a browser shows a client certificate to
     * every page that has it ask, too.
     *
     * @throws Refusal {@code forbidden}
     */
    public static void requireSameOrigin(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isOfConsole(context.normalizedPath())
                && !READING.contains(request.method())
                && !FetchMetadata.isSameOrigin(request)) {
            throw new Refusal(Problem.forbidden());
        }
    }

    /** The token of the session that this request shows; empty where it shows none, or may show none here. */
    static Optional<String> token(RoutingContext context, BrowserSessions sessions) {
        if (!counts(context.request(), context.normalizedPath())) {
            return Optional.empty();
        }
        boolean isUse = FetchMetadata.isNavigation(context.request());
        Optional<String> token = secret(context.request(), NAME).flatMap(secret -> sessions.token(secret, isUse));
        token.ifPresent(_ -> context.put(KEY, true));
        return token;
    }

    private static boolean counts(HttpServerRequest request, String path) {
        return isOfConsole(path)
                || (READING.contains(request.method())
                        && READ_BY_PAGES.matcher(path).matches()
                        && FetchMetadata.isSameOrigin(request));
    }

    /** Whether the caller of this request signed in, and may sign out. */
    public static boolean isShown(RoutingContext context) {
        return context.get(KEY) != null;
    }

    /** The secret in a cookie of ours; empty where there is none of its form, or more than one. */
    public static Optional<String> secret(HttpServerRequest request, String name) {
        Set<Cookie> cookies = request.cookies(name);
        return cookies.size() == 1
                ? cookies.stream()
                        .map(Cookie::getValue)
                        .filter(value -> SECRET.matcher(value).matches())
                        .findFirst()
                : Optional.empty();
    }
}
