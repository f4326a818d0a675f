package org.sealkeeper.envelope;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse;
import org.sealkeeper.kernel.Context;

/**
 * Checks, before anything is unwrapped, that a wrapped key was made here for this context. Whatever is wrong with it, the token
 * makes one HMAC and the comparison reads all of it, so that the time tells nothing either.
 */
final class Authenticity {
    private static final int DECOY_VERSION = 1;

    private final Gate gate;

    Authenticity(Gate gate) {
        this.gate = gate;
    }

    /** What is wrong with it; empty where it is genuine. */
    CompletionStage<Optional<Refusal.Flaw>> check(
            Intent<? extends KeyUse.Checking> intent, PresentedKey presented, Context context) {
        WrappedKey checked = presented.wrapped().map(WrappedKey.Unchecked::key).orElseGet(() -> decoy(presented));
        return gate.check(intent, checked.message(context)).thenApply(made -> {
            boolean isRight =
                    presented.wrapped().map(wrapped -> wrapped.tag().is(made)).orElse(false);
            return isRight ? Optional.empty() : Optional.of(presented.flaw().orElse(Refusal.Flaw.NOT_AUTHENTIC));
        });
    }

    private static WrappedKey decoy(PresentedKey presented) {
        return WrappedKey.of(presented.key().alias(), DECOY_VERSION, new byte[WrappedKey.BLOB_BYTES]);
    }
}
