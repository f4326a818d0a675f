package org.sealkeeper.http.problem;

import jakarta.ws.rs.WebApplicationException;

/**
 * Ends a request with a problem from where no value can be returned: while a body or parameter is read. Features return
 * {@link Problem#response()} instead.
 */
public final class Refusal extends WebApplicationException {
    private static final long serialVersionUID = 1L;

    /** Not kept when serialized, which never happens: a refusal is answered where it was thrown. */
    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.detail(), problem.response());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** A refusal is an answer, not an accident: its place in the code is of no use. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
