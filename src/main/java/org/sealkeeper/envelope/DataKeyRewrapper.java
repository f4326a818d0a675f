package org.sealkeeper.envelope;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.sealkeeper.audit.Operation.REWRAP_DATA_KEY;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse.RewrapDataKey;
import org.sealkeeper.hsm.DataKeyOutcome.NotAWrappedKey;
import org.sealkeeper.hsm.DataKeyOutcome.RewrappedKey;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.RewrapWindow;
import org.sealkeeper.policy.PolicyOperation;

/** Moves wrapped data keys to the newest version of their key-encryption key while a rewrap window is open. */
final class DataKeyRewrapper {
    private final Decisions decisions;
    private final Gate gate;
    private final KeyEncryptionKeys keys;
    private final RecordedUse recorded;
    private final PresentedKeys presentedKeys;
    private final Authenticity authenticity;
    private final InstantSource clock;

    DataKeyRewrapper(
            Decisions decisions, Gate gate, KeyEncryptionKeys keys, RecordedUse recorded, InstantSource clock) {
        this.decisions = decisions;
        this.gate = gate;
        this.keys = keys;
        this.recorded = recorded;
        this.presentedKeys = new PresentedKeys(keys, recorded, clock);
        this.authenticity = new Authenticity(gate);
        this.clock = clock;
    }

    /** Where to: a window and the version its data keys move to. */
    private record Move(RewrapWindow window, KeyEncryptionKey to) {}

    /** Fails only with a {@link org.sealkeeper.kernel.Fault}; asking again is safe, also for what was moved already. */
    CompletionStage<Answer> rewrap(Requester by, RewrapRequest request) {
        return presentedKeys.with(
                request.wrapped(),
                REWRAP_DATA_KEY,
                by,
                alias -> decide(by, alias).isAllowed(),
                presented -> rewrap(by, request, presented));
    }

    private CompletionStage<Answer> rewrap(Requester by, RewrapRequest request, PresentedKey presented) {
        KeyEncryptionKey from = presented.key();
        Decision decision = decide(by, from.alias());
        DataKeyLeaves leaves = leaves(by, request, presented, decision);
        if (!decision.isAllowed()) {
            return recorded.refuse(leaves, new Refusal.Forbidden());
        }
        if (presented.destroyed().isPresent()) {
            return recorded.refuse(leaves, presented.destroyed().get());
        }
        return move(presented)
                .map(move -> recorded.carryOut(
                        leaves,
                        new RewrapDataKey(from, move.to(), move.window()),
                        intent -> rewrap(intent, presented, move, request)))
                .orElseGet(() -> recorded.refuse(leaves, new Refusal.NoRewrapWindow(from.alias())));
    }

    private Decision decide(Requester by, KeyAlias alias) {
        return decisions.decide(by.caller(), PolicyOperation.REWRAP_DATA_KEY, alias, Optional.empty());
    }

    /** A forgery moves nowhere, but finds that out where a genuine one would move. */
    private Optional<Move> move(PresentedKey presented) {
        KeyAlias alias = presented.key().alias();
        int version = presented.key().version();
        return keys.openWindow(alias)
                .filter(window -> presented.flaw().isPresent() || window.from() == version || window.to() == version)
                .flatMap(window -> keys.version(alias, window.to()).map(to -> new Move(window, to)));
    }

    private DataKeyLeaves leaves(Requester by, RewrapRequest request, PresentedKey presented, Decision decision) {
        Subject.DataKey subject = presented.subject(request.wrapped(), Optional.empty(), Optional.empty());
        return DataKeyLeaves.of(REWRAP_DATA_KEY, by, subject, decision, clock);
    }

    private CompletionStage<DataKeyResult> rewrap(
            Intent<RewrapDataKey> intent, PresentedKey presented, Move move, RewrapRequest request) {
        return authenticity.check(intent, presented, request.context()).thenCompose(flaw -> {
            if (flaw.isPresent()) {
                return completedStage(new Refusal.WrappedKeyInvalid(flaw.get()));
            }
            boolean isMoved = presented.key().version() == move.to().version();
            return isMoved
                    ? completedStage(new DataKeyResult.Rewrapped(
                            request.wrapped(), presented.key().version()))
                    : move(intent, presented, move, request.context());
        });
    }

    private CompletionStage<DataKeyResult> move(
            Intent<RewrapDataKey> intent, PresentedKey presented, Move move, Context context) {
        byte[] blob = presented.wrapped().orElseThrow().key().blob();
        return gate.rewrap(intent, blob).thenCompose(rewrapped -> switch (rewrapped) {
            case RewrappedKey dataKey -> bind(intent, move.to(), dataKey.wrapped(), context);
            case NotAWrappedKey() -> completedStage(new Refusal.WrappedKeyInvalid(Refusal.Flaw.NOT_UNWRAPPABLE));
        });
    }

    private CompletionStage<DataKeyResult> bind(
            Intent<RewrapDataKey> intent, KeyEncryptionKey key, byte[] blob, Context context) {
        WrappedKey wrapped = WrappedKey.of(key.alias(), key.version(), blob);
        return gate.bind(intent, wrapped.message(context))
                .thenApply(tag -> new DataKeyResult.Rewrapped(wrapped.text(tag), key.version()));
    }
}
