package org.sealkeeper.console.signin;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.sealkeeper.http.identity.SessionCookie;
import org.sealkeeper.http.identity.TokenVerifier;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.identity.Caller;

/** Opens a session for whoever has an access token that the front door would take, and ends it. */
@Singleton
final class SignedIn {
    private final TokenVerifier tokens;
    private final Sessions sessions;

    SignedIn(TokenVerifier tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /** What became of it. */
    sealed interface Outcome {
        record Session(CookieSecret secret) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    /**
     * Opens one. Waits where the keys of the issuer must be fetched.
     *
     * @param issuer whose token it must be
     */
    Outcome with(String token, String issuer) {
        return switch (tokens.verify(token).toCompletableFuture().join()) {
            case TokenVerifier.Verdict.Good good -> with(token, good, issuer);
            case TokenVerifier.Verdict.Bad(String reason) -> refused(reason);
            case TokenVerifier.Verdict.Unknown() -> new Outcome.Refused(SignInProblem.unavailable());
        };
    }

    private Outcome with(String token, TokenVerifier.Verdict.Good good, String issuer) {
        if (!good.token().issuer().equals(issuer)) {
            return refused("expected a token of the issuer that was asked, found another's");
        }
        if (good.boundTo().isPresent()) {
            return refused("expected a token bound to no certificate: no browser could show it");
        }
        String caller = new Caller(Optional.empty(), Optional.of(good.token())).name();
        return new Outcome.Session(sessions.open(caller, token, good.expires()));
    }

    private static Outcome refused(String why) {
        return new Outcome.Refused(SignInProblem.refused("the issuer's token opens no door here: " + why));
    }

    /** Ends the session that a browser shows, where it shows one. */
    void out(RoutingContext context) {
        SessionCookie.secret(context.request(), SessionCookie.NAME).ifPresent(sessions::end);
    }
}
