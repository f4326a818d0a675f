package org.sealkeeper.http;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.ParsedHeaderValue;
import io.vertx.ext.web.ParsedHeaderValues;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.sealkeeper.http.body.RequestBounds;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemAnswer;
import org.sealkeeper.http.problem.Refusal;
import org.sealkeeper.http.problem.RequestIds;

/** The management port is only read. What else is asked there, or in an odd way, gets a problem, and no line in the log. */
@Singleton
final class ManagementDoor {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final RandomGenerator random;

    ManagementDoor(RandomGenerator random) {
        this.random = random;
    }

    void open(@Observes ManagementInterface management) {
        Router router = management.router();
        router.route().order(FrontDoor.FIRST).handler(this::enter).failureHandler(this::answerFailure);
        FrontDoor.answerWithProblems(router);
    }

    private void enter(RoutingContext context) {
        RequestIds.assign(context, random);
        RequestBounds.require(context.request());
        requireReadable(context.parsedHeaders());
        if (!READING.contains(context.request().method())) {
            context.fail(405);
        } else if (hasBody(context.request().headers())) {
            context.fail(new Refusal(Problem.invalid("body", "expected none")));
        } else {
            context.next();
        }
    }

    /** Routes of the framework read these headers lazily, and fail where they are asked. */
    private static void requireReadable(ParsedHeaderValues headers) {
        try {
            headers.accept().forEach(ParsedHeaderValue::weight);
            headers.contentType().weight();
        } catch (RuntimeException unreadable) { // whatever an index or a number throws
            throw new Refusal(Problem.invalid("headers", "expected Accept and Content-Type of their form (RFC 9110)"));
        }
    }

    private static boolean hasBody(MultiMap headers) {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return headers.contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private void answerFailure(RoutingContext context) {
        if (RequestIds.isAssigned(context)) {
            ProblemAnswer.send(context, FrontDoor.problem(context));
        } else {
            RequestIds.assign(context, random);
            context.fail(RequestBounds.whyItHasNoRoute(context.request()));
        }
    }
}
