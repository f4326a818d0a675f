package org.sealkeeper.console;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What every answer of the console tells the browser: run and load nothing but our own files, keep nothing, tell no other site. */
@Singleton
final class ConsoleHeaders {
    private static final String ROOT = "/console";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    @ServerResponseFilter
    public void protect(ContainerResponseContext answer, RoutingContext context) {
        if (!context.normalizedPath().startsWith(ROOT)) {
            return;
        }
        var headers = answer.getHeaders();
        headers.putIfAbsent("Content-Security-Policy", List.of(POLICY));
        headers.putSingle("X-Content-Type-Options", "nosniff");
        headers.putSingle("Referrer-Policy", "no-referrer");
        headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
        headers.putSingle("Cross-Origin-Resource-Policy", "same-origin");
        headers.putIfAbsent("Cache-Control", List.of("no-store"));
    }
}
