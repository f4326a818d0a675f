package org.sealkeeper.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.kernel.CallerId;

/**
 * Who sends a request: the holder of the client certificate of its TLS connection.
 *
 * @param expires when the certificate ends, or is no longer known to be unrevoked; a connection may outlive it, the caller's
 *     identity does not
 */
public record Caller(CallerId id, Instant expires) {
    private static final String KEY = Caller.class.getName();

    /**
     * The caller of this request. For resources behind the front door, which lets nobody in without one:
     * {@code post(@Context RoutingContext context, …)}.
     *
     * @throws IllegalStateException if the path is one of the public ones
     */
    public static Caller of(RoutingContext context) {
        return find(context).orElseThrow(() -> new IllegalStateException("a public path has no caller"));
    }

    /** The caller of this request; empty where the path is public, or he did not prove who he is. */
    static Optional<Caller> find(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    void enter(RoutingContext context) {
        context.put(KEY, this);
    }
}
