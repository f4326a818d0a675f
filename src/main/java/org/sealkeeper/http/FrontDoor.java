package org.sealkeeper.http;

import io.vertx.core.Context;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.http.access.Access;
import org.sealkeeper.http.access.AccessJournal;
import org.sealkeeper.http.access.AccessNotes;
import org.sealkeeper.http.body.BodyDeadline;
import org.sealkeeper.http.body.RequestBounds;
import org.sealkeeper.http.connection.Connection;
import org.sealkeeper.http.connection.Connections;
import org.sealkeeper.http.identity.BrowserSessions;
import org.sealkeeper.http.identity.CallerLimits;
import org.sealkeeper.http.identity.Callers;
import org.sealkeeper.http.identity.ClientCertificates;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.identity.SessionCookie;
import org.sealkeeper.http.identity.TokenVerifier;
import org.sealkeeper.http.listener.ListenerTls;
import org.sealkeeper.http.problem.Faults;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemAnswer;
import org.sealkeeper.http.problem.ProblemPages;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.RequestId;

/**
 * Every request passes here before anything else: it gets its id, its size is bounded, and without a caller it goes no further.
 * Whatever the router refuses by itself is answered with a problem too.
 */
@Singleton
final class FrontDoor {
    /** Before every route of the framework, its own size check at -2 included. */
    static final int FIRST = -10_000;

    private static final String LOG_KEY = "requestId";
    private static final Set<Integer> REFUSED_BY_ROUTER = Set.of(400, 404, 405, 406, 413, 415, 500);

    private final Callers callers;
    private final CallerLimits limits;
    private final Connections connections;
    private final RandomGenerator random;
    private final AccessJournal journal;
    private final RequestMetrics metrics;
    private final ProblemPages pages;

    FrontDoor(
            ListenerTls tls,
            TokenVerifier tokens,
            BrowserSessions sessions,
            InstantSource clock,
            RandomGenerator random,
            CallerLimits limits,
            Connections connections,
            AccessJournal journal,
            RequestMetrics metrics,
            ProblemPages pages) {
        this.limits = limits;
        this.connections = connections;
        this.callers = new Callers(new ClientCertificates(tls.authorities(), clock), tokens, sessions);
        this.random = random;
        this.journal = journal;
        this.metrics = metrics;
        this.pages = pages;
    }

    void open(@Observes Router router) {
        router.route().order(FIRST).handler(this::enter).failureHandler(this::answerFailure);
        answerWithProblems(router);
    }

    /** Instead of the framework's own pages. */
    static void answerWithProblems(Router router) {
        for (int status : REFUSED_BY_ROUTER) {
            router.errorHandler(status, context -> ProblemAnswer.send(context, Faults.ofStatus(status)));
        }
    }

    private void enter(RoutingContext context) {
        begin(context);
        try {
            RequestBounds.require(context.request());
            SessionCookie.requireSameOrigin(context);
        } catch (Refusal unfit) {
            goOn(context, null, unfit);
            return;
        }
        if (PublicPaths.has(context.normalizedPath())) {
            goOn(context, null, null);
        } else {
            identify(context);
        }
    }

    private void begin(RoutingContext context) {
        RequestId id = RequestIds.assign(context, random);
        MDC.put(LOG_KEY, id.value());
        metrics.time(context);
        ProblemAnswer.showBy(pages, context);
        context.addEndHandler(answered -> countUnlessRecorded(context));
    }

    /** The framework holds the body back until it is read, so a request may wait here for its caller. */
    private void identify(RoutingContext context) {
        CompletableFuture<Caller> caller = caller(context);
        if (caller.isDone()) {
            var _ = caller.whenComplete((known, failure) -> goOn(context, known, failure));
        } else {
            Context loop = context.vertx().getOrCreateContext();
            var _ = caller.whenComplete((known, failure) -> loop.runOnContext(_ -> goOn(context, known, failure)));
        }
    }

    private CompletableFuture<Caller> caller(RoutingContext context) {
        try {
            return callers.of(context).toCompletableFuture();
        } catch (Refusal unidentified) {
            return CompletableFuture.failedFuture(unidentified);
        }
    }

    /** A caller that is not identified counts by its address: above its limit it is told of that, and not why it is not identified. */
    private void goOn(RoutingContext context, @Nullable Caller caller, @Nullable Throwable failure) {
        if (caller != null) {
            RequestCaller.enter(caller, context);
        }
        Connection connection = connections.of(context.request());
        try {
            limits.admit(context, connection);
            recognize(connection, caller);
        } catch (Refusal tooMuch) {
            if (caller == null) {
                connection.refuseStranger(context.request());
            }
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

    /** A connection with a known caller is safe from strangers, so no caller may have all of them. */
    private void recognize(Connection connection, @Nullable Caller caller) {
        if (caller != null && !connections.recognize(connection, caller.name())) {
            throw new Refusal(Problem.of(
                    ProblemType.OVERLOADED,
                    "expected at most " + Connections.MAX_OF_ONE_CALLER + " connections of one caller at a time"));
        }
    }

    /** What was refused before a door was found, or before the caller was known. */
    private void countUnlessRecorded(RoutingContext context) {
        ProblemAnswer.sent(context)
                .filter(problem -> !AccessNotes.of(context).isRecorded())
                .ifPresent(problem -> journal.count(Access.of(context, Optional.empty(), Optional.of(problem))));
    }

    /** Some requests the router refuses by itself before any route. They enter late, and are refused as any other. */
    private void answerFailure(RoutingContext context) {
        if (RequestIds.isAssigned(context)) {
            ProblemAnswer.send(context, problem(context));
        } else {
            begin(context);
            goOn(context, null, RequestBounds.whyItHasNoRoute(context.request()));
        }
    }

    static Problem problem(RoutingContext failed) {
        Throwable failure = failed.failure();
        return failure == null ? Faults.ofStatus(failed.statusCode()) : Faults.translate(failure);
    }
}
