package org.sealkeeper.envelope;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.envelope.WrappedKeyText.Claimed;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.Wraps;

/**
 * Checks, before a token unwraps anything, that this token bound the wrapped key to this context. Whatever is wrong with it, the token
 * makes one HMAC and the comparison reads all of it, so that the time tells nothing either. A token judges by its own tag alone: it
 * cannot check those of others.
 */
final class Authenticity {
    private final Gate gate;

    Authenticity(Gate gate) {
        this.gate = gate;
    }

    /** What is wrong with it; empty where it is genuine. */
    CompletionStage<Optional<Refusal.Flaw>> check(
            Intent<? extends KeyUse.Checking> intent, TokenLabel token, PresentedKey presented, Context context) {
        WrappedKey checked = presented.wrapped().map(Claimed::key).orElseGet(() -> decoy(presented));
        return gate.check(intent, token, checked.message(context)).thenApply(made -> {
            boolean isRight = presented
                    .wrapped()
                    .map(wrapped -> wrapped.isTagged(token, made))
                    .orElse(false);
            return isRight ? Optional.empty() : Optional.of(presented.flaw().orElse(Refusal.Flaw.NOT_AUTHENTIC));
        });
    }

    private static WrappedKey decoy(PresentedKey presented) {
        SequencedMap<TokenLabel, byte[]> blobs = new LinkedHashMap<>();
        presented.key().tokens().forEach(token -> blobs.put(token, new byte[WrappedKey.BLOB_BYTES]));
        return WrappedKey.of(presented.key(), Wraps.of(blobs));
    }
}
