package org.sealkeeper.http.body;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemAnswer;
import org.sealkeeper.http.problem.ProblemType;

/**
 * Refuses requests whose bodies do not arrive in time, and then hangs up. One that has come whole and is not answered by then is told
 * that the appliance is too slow, unless its body was read: that answer may take its time.
 */
public final class BodyDeadline {
    static final int SECONDS = 10;

    /** RFC 9113 section 7: the stream is no longer needed. */
    private static final long CANCEL = 0x8;

    private BodyDeadline() {}

    /** Begins with the headers, unless the body has come with them. */
    public static void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            Vertx vertx = context.vertx();
            long timer = vertx.setTimer(TimeUnit.SECONDS.toMillis(SECONDS), late -> refuse(context));
            context.addEndHandler(answered -> vertx.cancelTimer(timer));
        }
    }

    private static void refuse(RoutingContext context) {
        if (context.request().isEnded()) {
            return; // it was read, and waits for its answer
        }
        // The end of a request that is not read, as no GET is, is held back with its body. Neither is of use any more.
        var _ = context.request().resume();
        context.vertx().runOnContext(_ -> answer(context));
    }

    private static void answer(RoutingContext context) {
        if (context.response().headWritten()) {
            return; // a long answer, which has begun
        }
        if (context.request().isEnded()) {
            ProblemAnswer.send(
                    context,
                    Problem.of(
                            ProblemType.STORE_UNAVAILABLE,
                            "expected an answer within " + SECONDS + " seconds, found the appliance too slow"));
        } else {
            ProblemAnswer.send(
                    context,
                    Problem.of(ProblemType.REQUEST_TIMEOUT, "expected the whole body within " + SECONDS + " seconds"));
            context.vertx().setTimer(ProblemAnswer.LINGER_MILLIS, read -> hangUp(context.request()));
        }
    }

    private static void hangUp(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(CANCEL);
        } else {
            request.connection().close();
        }
    }
}
