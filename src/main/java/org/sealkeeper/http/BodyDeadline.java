package org.sealkeeper.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** Refuses requests whose bodies do not arrive in time, and then hangs up. */
final class BodyDeadline {
    static final int SECONDS = 10;

    /** RFC 9113 section 7: the stream is no longer needed. */
    private static final long CANCEL = 0x8;

    private BodyDeadline() {}

    /** Begins with the headers, unless the body has come with them. */
    static void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            Vertx vertx = context.vertx();
            long timer = vertx.setTimer(TimeUnit.SECONDS.toMillis(SECONDS), late -> refuse(context));
            context.addEndHandler(answered -> vertx.cancelTimer(timer));
        }
    }

    private static void refuse(RoutingContext context) {
        if (context.request().isEnded()) {
            return; // it has come, and waits for its answer
        }
        ProblemAnswer.send(
                context,
                Problem.of(ProblemType.REQUEST_TIMEOUT, "expected the whole body within " + SECONDS + " seconds"));
        context.vertx().setTimer(ProblemAnswer.LINGER_MILLIS, read -> hangUp(context.request()));
    }

    private static void hangUp(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(CANCEL);
        } else {
            request.connection().close();
        }
    }
}
