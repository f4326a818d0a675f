package org.sealkeeper.ledger.signing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.ledger.signing.Admission.Admitted;

/** A block that is to be signed as part of a batch, and what its caller waits for. */
record Asked(Admitted admitted, CompletableFuture<SigningOutcome> outcome) {

    Asked(Admitted admitted) {
        this(admitted, new CompletableFuture<>());
    }

    /** Tells the caller what this stage ends in. */
    void tell(CompletionStage<SigningOutcome> ended) {
        var _ = ended.whenComplete(this::tell);
    }

    /** Tells the caller, unless it was told before. */
    void tell(@Nullable SigningOutcome ended, @Nullable Throwable failure) {
        if (failure == null) {
            outcome.complete(ended);
        } else {
            outcome.completeExceptionally(Completion.causeOf(failure));
        }
    }
}
