package org.sealkeeper.http.identity;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.sealkeeper.identity.Caller;

/** The caller of a request, as the front door found out. */
public final class RequestCaller {
    private static final String KEY = Caller.class.getName();

    private RequestCaller() {}

    /**
     * The caller of this request. For resources behind the front door, which lets no request in without one:
     * {@code post(@Context RoutingContext context, …)}.
     *
     * @throws IllegalStateException if the path is one of the public ones
     */
    public static Caller of(RoutingContext context) {
        return find(context).orElseThrow(() -> new IllegalStateException("a public path has no caller"));
    }

    /** The caller of this request; empty where the path is public, or the caller proved nothing. */
    public static Optional<Caller> find(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** Notes the caller of this request. */
    public static void enter(Caller caller, RoutingContext context) {
        context.put(KEY, caller);
    }
}
