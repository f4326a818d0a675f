package org.sealkeeper.http.identity;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;
import org.sealkeeper.identity.Caller;

/**
 * Identifies the caller of a request. All that it shows must be good: a bad token beside a good certificate is refused, and so is the
 * reverse.
 */
public final class Callers {
    private final ClientCertificates certificates;
    private final TokenVerifier tokens;
    private final BrowserSessions sessions;

    public Callers(ClientCertificates certificates, TokenVerifier tokens, BrowserSessions sessions) {
        this.certificates = certificates;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * The caller; complete at once unless it shows a token, in a header or by the cookie of its session, that was not checked
     * before.
     *
     * @throws Refusal {@code unauthenticated} or {@code invalid-token}; the stage may fail with it, or {@code issuer-unavailable}, too
     */
    public CompletionStage<Caller> of(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<String> token = token(context);
        if (token.isEmpty()) {
            ClientCertificate certificate = certificates.require(request.sslSession());
            return CompletableFuture.completedStage(Caller.of(certificate.id()));
        }
        Optional<ClientCertificate> certificate = certificates.find(request.sslSession());
        return tokens.verify(token.get()).thenApply(verdict -> caller(certificate, verdict));
    }

    /** In the header, or that of the session: two are none, since they may be of two people. */
    private Optional<String> token(RoutingContext context) {
        Optional<String> shown = Authorization.bearer(context.request());
        Optional<String> session = SessionCookie.token(context, sessions);
        if (shown.isPresent() && session.isPresent()) {
            throw Authorization.invalid(
                    "expected one token, found one in the Authorization header and one of a session");
        }
        return shown.or(() -> session);
    }

    private static Caller caller(Optional<ClientCertificate> certificate, TokenVerifier.Verdict verdict) {
        return switch (verdict) {
            case TokenVerifier.Verdict.Good good -> {
                requireBinding(good, certificate);
                yield new Caller(certificate.map(ClientCertificate::id), Optional.of(good.token()));
            }
            case TokenVerifier.Verdict.Bad(String reason) -> throw Authorization.invalid(reason);
            case TokenVerifier.Verdict.Unknown() ->
                throw new Refusal(Problem.of(
                        ProblemType.ISSUER_UNAVAILABLE, "send the same request again, or without the token"));
        };
    }

    /** A thief of a bound token does not have the key of its certificate (RFC 8705 section 3). */
    private static void requireBinding(TokenVerifier.Verdict.Good token, Optional<ClientCertificate> certificate) {
        if (token.boundTo().isPresent()
                && !certificate
                        .map(shown ->
                                isEqual(shown.thumbprint(), token.boundTo().get()))
                        .orElse(false)) {
            throw Authorization.invalid("expected the client certificate the token is bound to, found "
                    + (certificate.isPresent() ? "another" : "none"));
        }
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
