package org.sealkeeper.http;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one request in its answer, in its problem and in the log.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 */
public record RequestId(String value) {
    static final String HEADER = "X-Request-Id";

    private static final int RANDOM_BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String KEY = RequestId.class.getName();

    public RequestId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a request id of 1 to 64 characters A-Z, a-z, 0-9, '.', '_', '-'");
        }
    }

    /** The id this request was given at the front door. */
    public static RequestId of(RoutingContext context) {
        return Objects.requireNonNull(context.get(KEY), "the request did not pass the front door");
    }

    /** Gives the request the id its caller offers where it is well-formed, else a random one. */
    static RequestId assign(RoutingContext context, RandomGenerator random) {
        @Nullable String offered = context.request().getHeader(HEADER);
        var id = offered != null && FORM.matcher(offered).matches() ? new RequestId(offered) : fresh(random);
        context.put(KEY, id);
        return id;
    }

    private static RequestId fresh(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new RequestId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
