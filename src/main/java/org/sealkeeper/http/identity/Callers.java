package org.sealkeeper.http.identity;

import io.vertx.core.http.HttpServerRequest;
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

    public Callers(ClientCertificates certificates, TokenVerifier tokens) {
        this.certificates = certificates;
        this.tokens = tokens;
    }

    /**
     * The caller; complete at once unless it shows a token that was not checked before.
     *
     * @throws Refusal {@code unauthenticated} or {@code invalid-token}; the stage may fail with it, or {@code issuer-unavailable}, too
     */
    public CompletionStage<Caller> of(HttpServerRequest request) {
        Optional<String> token = Authorization.bearer(request);
        if (token.isEmpty()) {
            ClientCertificate certificate = certificates.require(request.sslSession());
            return CompletableFuture.completedStage(Caller.of(certificate.id()));
        }
        Optional<ClientCertificate> certificate = certificates.find(request.sslSession());
        return tokens.verify(token.get()).thenApply(verdict -> caller(certificate, verdict));
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
