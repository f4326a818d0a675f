package org.sealkeeper.http;

import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.RequestId;

/**
 * Every request passes here before anything else: it gets its id, its size is bounded, and without a caller it goes no further.
 * Whatever the router refuses by itself is answered with a problem too.
 */
@Singleton
final class FrontDoor {
    static final int MAX_URI_CHARACTERS = 2_048;
    static final int MAX_HEADER_CHARACTERS = 16 << 10;
    static final int MAX_BODY_BYTES = 1 << 20;

    /** What an auditor or a new client must read before he has a certificate. All else needs a caller. */
    private static final Set<String> PUBLIC_PATHS = Set.of(
            "/.well-known/jwks.json",
            "/openapi",
            "/v1/audit/jwks.json",
            "/v1/audit/vkey",
            "/v1/audit/checkpoint",
            "/v1/audit/cosigned");

    /** Peers' logs are known by the signatures on their checkpoints, not by certificates (C2SP tlog-witness). */
    private static final String WITNESS_PATHS = "/v1/witness/";

    /** Before every route of the framework, its own size check at -2 included. */
    private static final int FIRST = -10_000;

    private static final Pattern BODY_LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final String LOG_KEY = "requestId";
    private static final Set<Integer> REFUSED_BY_ROUTER = Set.of(400, 404, 405, 406, 413, 415, 500);

    private final Callers callers;
    private final CallerLimits limits;
    private final RandomGenerator random;
    private final AccessJournal journal;

    FrontDoor(ListenerTls tls, TokenVerifier tokens, CallerLimits limits, AccessJournal journal) {
        this.limits = limits;
        this.callers = new Callers(new ClientCertificates(tls.authorities(), InstantSource.system()), tokens);
        this.random = new SecureRandom();
        this.journal = journal;
    }

    void open(@Observes Router router) {
        router.route().order(FIRST).handler(this::enter).failureHandler(FrontDoor::answerFailure);
        for (int status : REFUSED_BY_ROUTER) {
            router.errorHandler(status, context -> ProblemAnswer.send(context, Faults.ofStatus(status)));
        }
    }

    private void enter(RoutingContext context) {
        RequestId id = RequestIds.assign(context, random);
        context.response().putHeader(RequestIds.HEADER, id.value());
        MDC.put(LOG_KEY, id.value());
        context.addEndHandler(answered -> countUnlessRecorded(context));
        requireBounds(context.request());
        if (isPublic(context.normalizedPath())) {
            goOn(context, null, null);
        } else {
            identify(context);
        }
    }

    /** The framework holds the body back until somebody reads it, so it may wait here for its caller. */
    private void identify(RoutingContext context) {
        CompletableFuture<Caller> caller = caller(context.request());
        if (caller.isDone()) {
            var _ = caller.whenComplete((known, failure) -> goOn(context, known, failure));
        } else {
            Context loop = context.vertx().getOrCreateContext();
            var _ = caller.whenComplete((known, failure) -> loop.runOnContext(_ -> goOn(context, known, failure)));
        }
    }

    private CompletableFuture<Caller> caller(HttpServerRequest request) {
        try {
            return callers.of(request).toCompletableFuture();
        } catch (Refusal nobody) {
            return CompletableFuture.failedFuture(nobody);
        }
    }

    /** Who is nobody counts by his address: if he asks too often, he is not even told why he is nobody. */
    private void goOn(RoutingContext context, @Nullable Caller caller, @Nullable Throwable failure) {
        if (caller != null) {
            caller.enter(context);
        }
        try {
            limits.admit(context);
        } catch (Refusal tooMuch) {
            context.fail(tooMuch);
            return;
        }
        if (failure != null) {
            context.fail(failure);
        } else {
            BodyDeadline.begin(context);
            context.next();
        }
    }

    /** What was refused before a door was found, or before anybody knew who asks. */
    private void countUnlessRecorded(RoutingContext context) {
        ProblemAnswer.sent(context)
                .filter(problem -> !AccessNotes.of(context).isRecorded())
                .ifPresent(problem -> journal.count(Access.of(context, Optional.empty(), Optional.of(problem))));
    }

    static boolean isPublic(String path) {
        return PUBLIC_PATHS.contains(path) || path.startsWith(WITNESS_PATHS);
    }

    private static void requireBounds(HttpServerRequest request) {
        String uri = request.uri();
        if (uri.length() > MAX_URI_CHARACTERS) {
            throw new Refusal(Problem.of(
                    ProblemType.URI_TOO_LONG, "expected a URI of at most " + MAX_URI_CHARACTERS + " characters"));
        }
        if (characters(request.headers()) > MAX_HEADER_CHARACTERS) {
            throw new Refusal(Problem.of(
                    ProblemType.HEADERS_TOO_LARGE,
                    "expected headers of at most " + MAX_HEADER_CHARACTERS + " characters in total"));
        }
        requireUri(uri);
        requireBodyBound(request);
    }

    /** A body that does not announce its length is measured where it is read ({@link RequestReader}). */
    private static void requireBodyBound(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && !BODY_LENGTH.matcher(length).matches()) {
            throw new Refusal(Problem.invalid("Content-Length", "expected decimal digits"));
        }
        if (length != null && Long.parseLong(length) > MAX_BODY_BYTES) {
            throw payloadTooLarge();
        }
    }

    static Refusal payloadTooLarge() {
        return new Refusal(
                Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "expected a body of at most " + MAX_BODY_BYTES + " bytes"));
    }

    private static void requireUri(String uri) {
        try {
            new URI(uri);
        } catch (URISyntaxException e) {
            throw new Refusal(Problem.invalid("uri", "expected a URI (RFC 3986), malformed at index " + e.getIndex()));
        }
    }

    private static long characters(MultiMap headers) {
        long characters = 0;
        for (Map.Entry<String, String> header : headers) {
            characters += header.getKey().length() + header.getValue().length();
        }
        return characters;
    }

    private static void answerFailure(RoutingContext context) {
        Throwable failure = context.failure();
        Problem problem = failure == null ? Faults.ofStatus(context.statusCode()) : Faults.translate(failure);
        ProblemAnswer.send(context, problem);
    }
}
