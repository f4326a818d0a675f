package org.sealkeeper.envelope;

import org.sealkeeper.audit.Reason;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;

/** Tells a caller why its request about a data key is refused, and the audit log a little more. */
final class RefusalProblem {
    private static final ProblemType UNKNOWN_KEY =
            new ProblemType("unknown-key", 404, "No key-encryption key of this alias makes data keys");
    private static final ProblemType UNKNOWN_RECIPIENT =
            new ProblemType("unknown-recipient", 422, "No recipient of this name is enrolled");
    private static final ProblemType WRAPPED_KEY_INVALID = new ProblemType(
            "wrapped-key-invalid", 422, "The wrapped key is not one of this appliance for this context");
    private static final ProblemType KEY_DESTROYED =
            new ProblemType("key-destroyed", 410, "The key-encryption key was destroyed, and what it wrapped with it");
    private static final ProblemType JUSTIFICATION_REQUIRED =
            new ProblemType("justification-required", 422, "An emergency must be justified");
    private static final ProblemType NO_REWRAP_WINDOW =
            new ProblemType("no-rewrap-window", 409, "No rewrap window is open for this key");

    private RefusalProblem() {}

    public static Problem of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Forbidden() -> Problem.forbidden();
            case Refusal.UnknownKey(var key) ->
                Problem.of(UNKNOWN_KEY, "no key-encryption key '" + key + "' makes data keys");
            case Refusal.UnknownRecipient(var recipient) ->
                Problem.of(UNKNOWN_RECIPIENT, "no recipient '" + recipient + "' is enrolled");
            case Refusal.WrappedKeyInvalid _ ->
                Problem.of(WRAPPED_KEY_INVALID, "expected a wrapped key of this appliance, and its context");
            case Refusal.KeyDestroyed(var key, var version) ->
                Problem.of(KEY_DESTROYED, "version " + version + " of key '" + key + "' was destroyed");
            case Refusal.JustificationRequired() ->
                Problem.of(
                                JUSTIFICATION_REQUIRED,
                                "expected a 'justification': no emergency of this caller is under way")
                        .with("field", "justification");
            case Refusal.NoRewrapWindow(var key) ->
                Problem.of(NO_REWRAP_WINDOW, "no rewrap window is open for key '" + key + "'");
        };
    }

    /** The name of the problem; of a wrapped key also what the caller is not told. */
    static Reason reason(Refusal refusal) {
        return refusal instanceof Refusal.WrappedKeyInvalid(var flaw)
                ? flaw.reason()
                : new Reason(of(refusal).type().name());
    }
}
