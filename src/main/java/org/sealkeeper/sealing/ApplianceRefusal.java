package org.sealkeeper.sealing;

/** The appliance refused what it was asked for. */
public final class ApplianceRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String problem;

    ApplianceRefusal(int status, String problem, String detail) {
        super("the appliance refused: " + problem + ": " + detail);
        this.status = status;
        this.problem = problem;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The name of the problem, such as {@code forbidden}. */
    public String problem() {
        return problem;
    }
}
