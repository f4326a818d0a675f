package org.sealkeeper.envelope;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.gate.DataKeyGate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.kernel.Context;

/**
 * Checks, before anything is unwrapped, that a wrapped key was made here for this context. Whatever is wrong with it, the token
 * makes one HMAC and the comparison reads all of it, so that the time tells nothing either.
 */
final class Authenticity {
    private static final int STAND_IN_VERSION = 1;

    private final DataKeyGate keys;

    Authenticity(DataKeyGate keys) {
        this.keys = keys;
    }

    /** What is wrong with it; empty where it is genuine. */
    CompletionStage<Optional<Refusal.Flaw>> check(Intent intent, PresentedKey claim, Context context) {
        WrappedKey checked = claim.wrapped().map(WrappedKey.Claimed::key).orElseGet(() -> standIn(claim));
        return keys.authenticate(intent, claim.key(), checked.message(context)).thenApply(made -> {
            boolean isRight =
                    claim.wrapped().map(wrapped -> wrapped.tag().is(made)).orElse(false);
            return isRight ? Optional.empty() : Optional.of(claim.flaw().orElse(Refusal.Flaw.NOT_AUTHENTIC));
        });
    }

    private static WrappedKey standIn(PresentedKey claim) {
        return WrappedKey.of(claim.key().alias(), STAND_IN_VERSION, new byte[WrappedKey.BLOB_BYTES]);
    }
}
