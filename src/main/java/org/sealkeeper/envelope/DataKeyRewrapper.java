package org.sealkeeper.envelope;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.sealkeeper.audit.Operation.REWRAP_DATA_KEY;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse.RewrapDataKey;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.RewrapWindow;
import org.sealkeeper.keys.Wraps;
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
    private final IncompleteDataKeys incomplete;

    DataKeyRewrapper(
            Decisions decisions,
            Gate gate,
            KeyEncryptionKeys keys,
            RecordedUse recorded,
            InstantSource clock,
            IncompleteDataKeys incomplete) {
        this.decisions = decisions;
        this.gate = gate;
        this.keys = keys;
        this.recorded = recorded;
        this.presentedKeys = new PresentedKeys(keys, recorded, clock);
        this.authenticity = new Authenticity(gate);
        this.clock = clock;
        this.incomplete = incomplete;
    }

    /**
     * Where to: a window and the version its data keys move to.
     *
     * @param tokens that can move this one
     */
    private record Move(RewrapWindow window, KeyEncryptionKey to, List<TokenLabel> tokens) {}

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
                        intent -> gate.untilOneCan(
                                move.tokens(),
                                token -> rewrap(intent, token, presented, move, request),
                                done -> false)))
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
                .flatMap(window ->
                        keys.version(alias, window.to()).map(to -> new Move(window, to, tokens(presented, to))))
                .filter(move -> !move.tokens().isEmpty());
    }

    /** Where it was moved already, any of them can tell. */
    private static List<TokenLabel> tokens(PresentedKey presented, KeyEncryptionKey to) {
        List<TokenLabel> moving = presented.key().tokensThatMoveTo(to);
        return presented.tokens().stream().filter(moving::contains).toList();
    }

    private DataKeyLeaves leaves(Requester by, RewrapRequest request, PresentedKey presented, Decision decision) {
        Subject.DataKey subject = presented.subject(request.wrapped(), Optional.empty(), Optional.empty());
        return DataKeyLeaves.of(REWRAP_DATA_KEY, by, subject, decision, clock);
    }

    private CompletionStage<DataKeyResult> rewrap(
            Intent<RewrapDataKey> intent, TokenLabel token, PresentedKey presented, Move move, RewrapRequest request) {
        return authenticity.check(intent, token, presented, request.context()).thenCompose(flaw -> {
            if (flaw.isPresent()) {
                return completedStage(new Refusal.WrappedKeyInvalid(flaw.get()));
            }
            boolean isMoved = presented.key().version() == move.to().version();
            return isMoved
                    ? completedStage(new DataKeyResult.Rewrapped(
                            request.wrapped(), presented.key().version(), gate.recorded(token)))
                    : move(intent, token, presented, move, request.context());
        });
    }

    private CompletionStage<DataKeyResult> move(
            Intent<RewrapDataKey> intent, TokenLabel token, PresentedKey presented, Move move, Context context) {
        return gate.rewrap(intent, token, presented.blob(token))
                .thenCompose(wraps -> wraps.isPresent()
                        ? bind(intent, token, move.to(), wraps.get(), context)
                        : completedStage(new Refusal.WrappedKeyInvalid(Refusal.Flaw.NOT_UNWRAPPABLE)));
    }

    private CompletionStage<DataKeyResult> bind(
            Intent<RewrapDataKey> intent, TokenLabel token, KeyEncryptionKey key, Wraps rewrapped, Context context) {
        return gate.bind(intent, rewrapped, wraps -> WrappedKey.of(key, wraps).message(context))
                .thenApply(bound -> {
                    incomplete.made(key, bound.wraps());
                    return new DataKeyResult.Rewrapped(
                            WrappedKey.of(key, bound.wraps()).text(bound.tags()), key.version(), gate.recorded(token));
                });
    }
}
