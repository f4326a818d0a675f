package org.sealkeeper.console;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;

/**
 * Keeps other sites from sending forms in the name of the one who looks at them: a browser shows a certificate wherever it is asked for one.
 * Every browser says where a form comes from (Fetch Metadata, {@code Sec-Fetch-Site}), and no page can make it say otherwise.
 */
final class SameOrigin {
    private static final String HEADER = "Sec-Fetch-Site";
    private static final String OURS = "same-origin";

    private SameOrigin() {}

    /** Why a form is not taken; empty where it comes from a page of ours. */
    static Optional<Problem> refusal(HttpServerRequest request) {
        return OURS.equals(request.getHeader(HEADER))
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ProblemType.FORBIDDEN, "expected a form of this console, with " + HEADER + ": " + OURS));
    }
}
