package org.sealkeeper.http.identity;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;

/** Reads the bearer token of a request (RFC 6750 section 2.1). A request has one token at most, in one place. */
final class Authorization {
    static final int MAX_TOKEN_CHARACTERS = 8 << 10;

    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/=-]+)");
    private static final String IN_THE_URI = "access_token";

    private Authorization() {}

    /**
     * The token.
     *
     * @throws Refusal {@code invalid-token} if there are two of them, it is too long, no token at all, or stands in the URI, where
     *     logs would keep it
     */
    static Optional<String> bearer(HttpServerRequest request) {
        if (request.params().contains(IN_THE_URI)) {
            throw invalid("expected the token in the Authorization header, found it in the URI; have it revoked");
        }
        List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        if (headers.size() > 1) {
            throw invalid("expected one Authorization header, found " + headers.size());
        }
        Matcher token = BEARER.matcher(headers.getFirst());
        if (!token.matches()) {
            throw invalid("expected 'Authorization: Bearer' and a token");
        }
        if (token.group(1).length() > MAX_TOKEN_CHARACTERS) {
            throw invalid("expected a token of at most " + MAX_TOKEN_CHARACTERS + " characters");
        }
        return Optional.of(token.group(1));
    }

    static Refusal invalid(String detail) {
        return new Refusal(Problem.of(ProblemType.INVALID_TOKEN, detail));
    }
}
