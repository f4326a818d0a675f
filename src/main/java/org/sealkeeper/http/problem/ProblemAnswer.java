package org.sealkeeper.http.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.http.wire.WireTypes;

/** Writes a problem as the whole answer to a request, with the request's id. */
public final class ProblemAnswer {
    /** Time for a caller to read why its oversized body is refused, while what it still sends is thrown away. */
    public static final long LINGER_MILLIS = 1_000;

    private static final ObjectWriter WRITER =
            JsonMapper.builder().addModule(new WireTypes()).build().writerFor(Problem.class);

    private static final String KEY = ProblemAnswer.class.getName();

    private ProblemAnswer() {}

    /** The problem this request was answered with; empty where it was not, or not yet. */
    public static Optional<ProblemType> sent(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** Answers from outside a resource: the front door and the router. */
    public static void send(RoutingContext context, Problem problem) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(problem.type().status());
        headers(context).forEach(response::putHeader);
        if (problem.type().passes()) {
            response.putHeader("Retry-After", Problem.RETRY_AFTER);
        }
        problem.type().challenge().ifPresent(challenge -> response.putHeader("WWW-Authenticate", challenge));
        response.end(Buffer.buffer(bytes(context, problem)));
    }

    /** What says of which form the answer is: a page, where a browser opens a document. */
    static Map<String, String> headers(RoutingContext context) {
        return ProblemPage.isWantedBy(context.request())
                ? Map.of(
                        "Content-Type", ProblemPage.MEDIA_TYPE, "Content-Security-Policy", ProblemPage.securityPolicy())
                : Map.of("Content-Type", Problem.MEDIA_TYPE);
    }

    /** The bytes of the answer. The connection of a caller that sent too much is closed once there was time to read them. */
    static byte[] bytes(RoutingContext context, Problem problem) {
        if (problem.type().equals(ProblemType.PAYLOAD_TOO_LARGE)) {
            context.vertx()
                    .setTimer(
                            LINGER_MILLIS,
                            timer -> context.request().connection().close());
        }
        context.put(KEY, problem.type());
        return ProblemPage.isWantedBy(context.request())
                ? ProblemPage.of(problem, RequestIds.of(context))
                : json(context, problem);
    }

    private static byte[] json(RoutingContext context, Problem problem) {
        try {
            return WRITER.writeValueAsBytes(
                    problem.with("requestId", RequestIds.of(context).value()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a problem has a field that is not JSON: " + problem.type().urn(), e);
        }
    }
}
