package org.sealkeeper.http.identity;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a browser says of where a request comes from (W3C Fetch Metadata): no page of another site can have it say anything else. */
public final class FetchMetadata {
    private static final String SITE = "Sec-Fetch-Site";
    private static final String MODE = "Sec-Fetch-Mode";

    private FetchMetadata() {}

    /**
     * Whether a page of this very origin sent it. A browser that says nothing of that names the origin alone; {@code null} is none, which
     * browsers that say both write where a page asks for no {@code Referer}.
     */
    public static boolean isSameOrigin(HttpServerRequest request) {
        List<String> sites = request.headers().getAll(SITE);
        if (!sites.isEmpty()) {
            return sites.equals(List.of("same-origin"));
        }
        return request.authority() != null
                && request.headers().getAll(HttpHeaders.ORIGIN).equals(List.of("https://" + request.authority()));
    }

    /** Whether a page of this origin led to it, or none: an address that was typed, or a bookmark; also where nothing is said of it. */
    public static boolean isFromHere(HttpServerRequest request) {
        List<String> sites = request.headers().getAll(SITE);
        return sites.isEmpty() || sites.equals(List.of("same-origin")) || sites.equals(List.of("none"));
    }

    /** Whether a person went to a page, or nothing is said of it. */
    static boolean isNavigation(HttpServerRequest request) {
        @Nullable String mode = request.getHeader(MODE);
        return mode == null || mode.equals("navigate");
    }
}
