package org.sealkeeper.console;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.sealkeeper.http.identity.SessionCookie;

/** What every answer of the console tells the browser: run and load nothing but our own files, keep nothing, tell no other site. */
@Singleton
final class ConsoleHeaders {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    /** Those of every page. */
    static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    @ServerResponseFilter
    public void protect(ContainerResponseContext answer, RoutingContext context) {
        if (SessionCookie.isOfConsole(context.normalizedPath())) {
            ALL.forEach((name, value) -> answer.getHeaders().putIfAbsent(name, List.of(value)));
        }
    }
}
