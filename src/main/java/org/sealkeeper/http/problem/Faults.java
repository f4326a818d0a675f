package org.sealkeeper.http.problem;

import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.List;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.Fault;

/**
 * The one place where a fault becomes an answer. The caller learns what it may do next; what happened stands in the log, once,
 * under the request's id.
 */
@Provider
public final class Faults implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(Faults.class.getName());

    private static final List<Problem> OF_STATUS = List.of(
            Problem.invalid("request", "the request cannot be read"),
            Problem.of(ProblemType.NOT_FOUND, "no resource has this path"),
            Problem.of(ProblemType.METHOD_NOT_ALLOWED, "the resource of this path has no such method"),
            Problem.of(ProblemType.NOT_ACCEPTABLE, "the resource has no media type that the Accept header names"),
            Problem.payloadTooLarge(),
            Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "expected a body of Content-Type application/json"));

    private static final Problem INTERNAL =
            Problem.of(ProblemType.INTERNAL, "the log of the appliance tells more under this request id");

    private static final Problem HUNG_UP =
            Problem.invalid("request", "expected the whole request, found the end of its connection");

    @Override
    public Response toResponse(Throwable failure) {
        return translate(failure).response();
    }

    /** The problem a failure is answered with, also by a door that answers several requests in one; logs what happened. */
    public static Problem translate(Throwable failure) {
        return switch (Completion.causeOf(failure)) {
            case Refusal refusal -> refusal.problem();
            case Fault fault -> unavailable(fault);
            case WebApplicationException refusal
            when refusal.getResponse().getStatus() < 500 ->
                ofStatus(refusal.getResponse().getStatus());
            case IOException broken -> hungUp(broken);
            case HttpClosedException broken -> hungUp(broken);
            default -> {
                LOG.log(System.Logger.Level.ERROR, "a request failed unexpectedly", failure);
                yield INTERNAL;
            }
        };
    }

    /** The problem of what the framework refuses by itself; a status it has no business with is a fault of ours. */
    public static Problem ofStatus(int status) {
        for (Problem problem : OF_STATUS) {
            if (problem.type().status() == status) {
                return problem;
            }
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "the framework ended a request with the status {0}",
                Integer.toString(status));
        return INTERNAL;
    }

    /** No caller is left to read the answer, but it is counted: a fault of the caller's. Our own rooms throw no IOException. */
    private static Problem hungUp(Exception broken) {
        LOG.log(System.Logger.Level.DEBUG, "the connection broke: {0}", broken.getMessage());
        return HUNG_UP;
    }

    private static Problem unavailable(Fault fault) {
        LOG.log(System.Logger.Level.WARNING, "{0}: {1}", fault.kind(), fault.getMessage());
        Problem problem = Problem.of(type(fault), "send the same request again");
        return fault.code().map(code -> problem.with("reason", code)).orElse(problem);
    }

    private static ProblemType type(Fault fault) {
        return switch (fault.kind()) {
            case HSM_UNAVAILABLE -> ProblemType.HSM_UNAVAILABLE;
            case STORE_UNAVAILABLE -> ProblemType.STORE_UNAVAILABLE;
            case OVERLOADED -> ProblemType.OVERLOADED;
        };
    }
}
