package org.sealkeeper.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;

/** A compiled condition of a rule. Safe for use by many threads. */
final class Condition {
    private final String text;
    private final CelRuntime.Program program;
    private final ClaimsRead claims;

    Condition(String text, CelRuntime.Program program, ClaimsRead claims) {
        this.text = text;
        this.program = program;
        this.claims = claims;
    }

    /** The expression. */
    String text() {
        return text;
    }

    /** What it can know of a token's claims. */
    ClaimsRead claims() {
        return claims;
    }

    /** What an evaluation came to; whatever is neither true nor false has failed. */
    sealed interface Result {
        record Value(boolean isTrue) implements Result {}

        record Failed(String reason) implements Result {}
    }

    /** Evaluates it, in bounded time: every comprehension together may take so many steps as {@link Conditions} allows. */
    Result evaluate(Facts facts) {
        try {
            return program.eval(facts) instanceof Boolean truth
                    ? new Result.Value(truth)
                    : new Result.Failed("expected true or false");
        } catch (CelEvaluationException | RuntimeException e) {
            return new Result.Failed(String.valueOf(e.getMessage()));
        }
    }
}
