package org.sealkeeper.http.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.sealkeeper.http.wire.WireTypes;

/** Writes a problem as the whole answer to a request, with the request's id. */
public final class ProblemAnswer {
    /** Time for a caller to read why its oversized body is refused, while what it still sends is thrown away. */
    public static final long LINGER_MILLIS = 1_000;

    private static final ObjectWriter WRITER =
            JsonMapper.builder().addModule(new WireTypes()).build().writerFor(Problem.class);

    private static final String KEY = ProblemAnswer.class.getName();
    private static final String PAGES = ProblemPages.class.getName();

    private ProblemAnswer() {}

    /** The problem this request was answered with; empty where it was not, or not yet. */
    public static Optional<ProblemType> sent(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** Has problems of this request shown to people, where it comes from them. */
    public static void showBy(ProblemPages pages, RoutingContext context) {
        context.put(PAGES, pages);
    }

    /** The page that this problem is answered with from now on; empty where it is a program that asks. */
    static Optional<ProblemPage> page(RoutingContext context, Problem problem) {
        ProblemPages pages = context.get(PAGES);
        Optional<ProblemPage> page = pages == null ? Optional.empty() : pages.page(problem, context);
        page.ifPresent(_ -> context.put(KEY, problem.type()));
        return page;
    }

    /** Answers from outside a resource: the front door and the router. */
    public static void send(RoutingContext context, Problem problem) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        page(context, problem).ifPresentOrElse(page -> send(response, page), () -> sendJson(context, problem));
    }

    private static void send(HttpServerResponse response, ProblemPage page) {
        response.setStatusCode(page.status());
        page.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", ProblemPage.MEDIA_TYPE);
        response.end(page.html());
    }

    private static void sendJson(RoutingContext context, Problem problem) {
        var response = context.response();
        response.setStatusCode(problem.type().status());
        response.putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (problem.type().passes()) {
            response.putHeader("Retry-After", Problem.RETRY_AFTER);
        }
        problem.type().challenge().ifPresent(challenge -> response.putHeader("WWW-Authenticate", challenge));
        response.end(Buffer.buffer(json(context, problem)));
    }

    /** The bytes of the answer. The connection of a caller that sent too much is closed once there was time to read them. */
    static byte[] json(RoutingContext context, Problem problem) {
        if (problem.type().equals(ProblemType.PAYLOAD_TOO_LARGE)) {
            context.vertx()
                    .setTimer(
                            LINGER_MILLIS,
                            timer -> context.request().connection().close());
        }
        context.put(KEY, problem.type());
        try {
            return WRITER.writeValueAsBytes(
                    problem.with("requestId", RequestIds.of(context).value()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a problem has a field that is not JSON: " + problem.type().urn(), e);
        }
    }
}
