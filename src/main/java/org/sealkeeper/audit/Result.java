package org.sealkeeper.audit;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of an operation.
 *
 * @param reason present exactly where it was refused or failed
 * @param begun the index of the leaf that said this would be done
 */
public record Result(Outcome outcome, Optional<Reason> reason, OptionalLong begun) {
    public Result {
        if (outcome.needsReason() != reason.isPresent()) {
            throw new IllegalArgumentException("expected a reason exactly where something was refused or failed");
        }
    }

    static Result done() {
        return new Result(Outcome.DONE, Optional.empty(), OptionalLong.empty());
    }

    /** Refused before anything had begun. */
    static Result refused(Reason why) {
        return new Result(Outcome.REFUSED, Optional.of(why), OptionalLong.empty());
    }
}
