package org.sealkeeper.http.problem;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.RequestId;

/** The ids requests are given at the front door. */
public final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final int RANDOM_BYTES = 16;
    private static final String KEY = RequestId.class.getName();

    private RequestIds() {}

    /** The id of this request. */
    public static RequestId of(RoutingContext context) {
        return Objects.requireNonNull(context.get(KEY), "the request did not pass the front door");
    }

    public static boolean isAssigned(RoutingContext context) {
        return context.get(KEY) != null;
    }

    /** Gives the request, and its answer, the id its caller offers where it is well-formed, else a random one. */
    public static RequestId assign(RoutingContext context, RandomGenerator random) {
        @Nullable String offered = context.request().getHeader(HEADER);
        var id = offered != null && RequestId.isWellFormed(offered) ? new RequestId(offered) : fresh(random);
        context.put(KEY, id);
        context.response().putHeader(HEADER, id.value());
        return id;
    }

    private static RequestId fresh(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new RequestId(HexFormat.of().formatHex(bytes));
    }
}
