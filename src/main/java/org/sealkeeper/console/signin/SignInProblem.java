package org.sealkeeper.console.signin;

import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;

/** What can stand in the way of a sign-in. */
final class SignInProblem {
    private static final ProblemType EXPIRED =
            new ProblemType("sign-in-expired", 400, "This sign-in is over, or was not begun in this browser");
    private static final ProblemType REFUSED =
            new ProblemType("sign-in-refused", 403, "The identity provider's answer proves nothing");
    private static final ProblemType UNAVAILABLE =
            new ProblemType("sign-in-unavailable", 503, "The identity provider could not be asked");

    private SignInProblem() {}

    static Problem expired() {
        return Problem.of(EXPIRED, "sign in again, in one tab, within ten minutes, and let the browser keep cookies");
    }

    /** @param why in words of ours */
    static Problem refused(String why) {
        return Problem.of(REFUSED, why);
    }

    static Problem unavailable() {
        return Problem.of(UNAVAILABLE, "sign in again in a moment; the log of the appliance tells more");
    }
}
