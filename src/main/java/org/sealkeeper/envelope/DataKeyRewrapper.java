package org.sealkeeper.envelope;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.sealkeeper.audit.Operation.REWRAP_DATA_KEY;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.gate.DataKeyGate;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.hsm.DataKeyOutcome.NotAWrappedKey;
import org.sealkeeper.hsm.DataKeyOutcome.RewrappedKey;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.RewrapWindow;
import org.sealkeeper.policy.Operation;

/** Moves wrapped data keys to the newest version of their key encryption key while a rewrap window is open. */
final class DataKeyRewrapper {
    private final Gate gate;
    private final DataKeyGate keyGate;
    private final KeyEncryptionKeys keys;
    private final RecordedUse recorded;
    private final Authenticity authenticity;
    private final InstantSource clock;

    DataKeyRewrapper(
            Gate gate, DataKeyGate keyGate, KeyEncryptionKeys keys, RecordedUse recorded, InstantSource clock) {
        this.gate = gate;
        this.keyGate = keyGate;
        this.keys = keys;
        this.recorded = recorded;
        this.authenticity = new Authenticity(keyGate);
        this.clock = clock;
    }

    /** Where to: a window and the version its data keys move to. */
    private record Move(RewrapWindow window, KeyEncryptionKey to) {}

    /** Fails only with a {@link org.sealkeeper.kernel.Fault}; asking again is safe, also for what was moved already. */
    CompletionStage<Answer> rewrap(Requester by, RewrapRequest request) {
        Optional<PresentedKey> found = new PresentedKeys(keys)
                .of(request.wrapped(), alias -> decide(by, alias).isAllowed());
        if (found.isEmpty()) {
            var unknown = new Refusal.WrappedKeyInvalid(Refusal.Flaw.OF_UNKNOWN_KEY);
            return recorded.refuse(DataKeyLeaves.withoutKey(REWRAP_DATA_KEY, by, unknown, clock), unknown);
        }
        PresentedKey claim = found.get();
        KeyEncryptionKey from = claim.key();
        Decision decision = decide(by, from.alias());
        DataKeyLeaves leaves = leaves(by, request, claim, decision);
        if (!decision.isAllowed()) {
            return recorded.refuse(leaves, new Refusal.Forbidden());
        }
        if (from.state() == KeyEncryptionKey.State.DESTROYED) {
            return recorded.refuse(leaves, new Refusal.KeyDestroyed(from.alias(), from.version()));
        }
        return move(claim)
                .map(move -> recorded.carryOut(leaves, intent -> rewrap(intent, claim, move, request)))
                .orElseGet(() -> recorded.refuse(leaves, new Refusal.NoRewrapWindow(from.alias())));
    }

    private Decision decide(Requester by, KeyAlias alias) {
        return gate.decide(by.caller(), Operation.REWRAP_DATA_KEY, alias, Optional.empty());
    }

    /** A forgery moves nowhere, but finds that out where a genuine one would move. */
    private Optional<Move> move(PresentedKey claim) {
        KeyAlias alias = claim.key().alias();
        int version = claim.key().version();
        return keys.openWindow(alias)
                .filter(window -> claim.flaw().isPresent() || window.from() == version || window.to() == version)
                .flatMap(window -> keys.version(alias, window.to()).map(to -> new Move(window, to)));
    }

    private DataKeyLeaves leaves(Requester by, RewrapRequest request, PresentedKey claim, Decision decision) {
        var subject = new Subject.DataKey(
                claim.key().alias(),
                claim.wrapped().isPresent() ? OptionalInt.of(claim.key().version()) : OptionalInt.empty(),
                Optional.of(DataKeyId.of(request.wrapped())),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
        return DataKeyLeaves.of(REWRAP_DATA_KEY, by, subject, decision, clock);
    }

    private CompletionStage<DataKeyResult> rewrap(Intent intent, PresentedKey claim, Move move, RewrapRequest request) {
        return authenticity.check(intent, claim, request.context()).thenCompose(flaw -> {
            if (flaw.isPresent()) {
                return completedStage(new Refusal.WrappedKeyInvalid(flaw.get()));
            }
            boolean isMoved = claim.key().version() == move.to().version();
            return isMoved
                    ? completedStage(new DataKeyResult.Rewrapped(
                            request.wrapped(), claim.key().version()))
                    : move(intent, claim, move, request.context());
        });
    }

    private CompletionStage<DataKeyResult> move(Intent intent, PresentedKey claim, Move move, Context context) {
        byte[] blob = claim.wrapped().orElseThrow().key().blob();
        return keyGate.rewrap(intent, claim.key(), move.to(), move.window(), blob)
                .thenCompose(rewrapped -> switch (rewrapped) {
                    case RewrappedKey dataKey -> bind(intent, move.to(), dataKey.wrapped(), context);
                    case NotAWrappedKey() ->
                        completedStage(new Refusal.WrappedKeyInvalid(Refusal.Flaw.NOT_UNWRAPPABLE));
                });
    }

    private CompletionStage<DataKeyResult> bind(Intent intent, KeyEncryptionKey key, byte[] blob, Context context) {
        WrappedKey wrapped = WrappedKey.of(key.alias(), key.version(), blob);
        return keyGate.authenticate(intent, key, wrapped.message(context))
                .thenApply(tag -> new DataKeyResult.Rewrapped(wrapped.text(tag), key.version()));
    }
}
