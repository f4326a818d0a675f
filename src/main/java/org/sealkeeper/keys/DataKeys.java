package org.sealkeeper.keys;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.DataKeyOutcome.NewDataKey;
import org.sealkeeper.hsm.DataKeyOutcome.NotAWrappedKey;
import org.sealkeeper.hsm.DataKeyOutcome.RecipientNotTrusted;
import org.sealkeeper.hsm.DataKeyOutcome.Released;
import org.sealkeeper.hsm.DataKeyOutcome.RewrappedKey;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenDataKeys;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey.State;

/**
 * What the tokens do with data keys, for key-encryption keys whose state allows it. Stages complete on one of the few
 * threads that use a token: what depends on them must be short, and must never wait.
 */
public final class DataKeys {
    private final Tokens tokens;
    private final TokenTurns turns;

    public DataKeys(Tokens tokens) {
        this.tokens = tokens;
        this.turns = new TokenTurns(tokens, tokens::leastBusyWithDataKeys);
    }

    /**
     * Does work in one token after the other, until one can: first in the one that has the least to do.
     *
     * @param candidates one at least
     * @param cannot whether a result means that another token may know better
     * @return the first result that counts; the fault of one that failed, where the others cannot; or that they cannot
     */
    public <T> CompletionStage<T> untilOneCan(
            Collection<TokenLabel> candidates, Function<TokenLabel, CompletionStage<T>> work, Predicate<T> cannot) {
        return turns.untilOneCan(candidates, work, cannot);
    }

    /** A token, where the audit log is to name it. */
    public Optional<TokenLabel> recorded(TokenLabel token) {
        return tokens.recorded(token);
    }

    /**
     * The HMAC-SHA-256 (RFC 2104) of a message with the binding key in a token, 32 bytes; compare it in constant time.
     *
     * @throws IllegalArgumentException if the key is destroyed, or is not in this token
     */
    public CompletionStage<byte[]> authenticate(KeyEncryptionKey key, TokenLabel token, byte[] message) {
        requireUnwrapping(key, token);
        return in(token, dataKeys -> dataKeys.authenticate(key.ckaId(), message));
    }

    /**
     * Makes a data key for the recipient, in any token of the key. The others that are used get it, too; one that cannot is left out.
     *
     * @return empty where the recipient is not trusted by those that could make it
     * @throws IllegalArgumentException if the key is not active, or the recipient is retired
     */
    public CompletionStage<Optional<MadeDataKey>> generate(KeyEncryptionKey key, Recipient recipient) {
        requireActive(key);
        requireEnrolled(recipient);
        return turns.untilOneCan(key.tokens(), maker -> generateIn(maker, key, recipient), Optional::isEmpty);
    }

    private CompletionStage<Optional<MadeDataKey>> generateIn(
            TokenLabel maker, KeyEncryptionKey key, Recipient recipient) {
        var spreading = new KeySpreading(tokens, key, maker);
        return spreading
                .transferKeys(spreading.used())
                .thenCompose(others -> in(
                                maker,
                                dataKeys -> dataKeys.generate(
                                        key.ckaId(),
                                        recipient.key(),
                                        List.copyOf(others.found().values())))
                        .thenCompose(made -> switch (made) {
                            case NewDataKey dataKey ->
                                spreading
                                        .adopted(others.found(), dataKey.passed())
                                        .thenApply(adopted -> Optional.of(new MadeDataKey(
                                                maker,
                                                spreading.wraps(Optional.of(dataKey.wrapped()), adopted.found()),
                                                dataKey.released())));
                            case RecipientNotTrusted() -> completedStage(Optional.empty());
                        }));
    }

    /**
     * Has the tokens of a wrapped data key bind it.
     *
     * @param message what is authenticated of its wraps
     * @param all whether every token must; else one that cannot, now, is left out
     * @throws IllegalArgumentException if the key is destroyed, or not in these tokens
     */
    public CompletionStage<BoundDataKey> bind(
            KeyEncryptionKey key, Wraps wraps, Function<Wraps, byte[]> message, boolean all) {
        byte[] authenticated = message.apply(wraps);
        return Gathered.from(wraps.tokens(), token -> authenticate(key, token, authenticated))
                .thenCompose(made -> {
                    if (made.fault().isEmpty()) {
                        return completedStage(new BoundDataKey(wraps, made.found()));
                    }
                    return all || made.found().isEmpty()
                            ? failedStage(made.fault().get())
                            : bind(key, wraps.only(made.found()::containsKey), message, false);
                });
    }

    /**
     * Releases a data key to the recipient.
     *
     * @param blob the 40 bytes that this token wrapped
     * @throws IllegalArgumentException if the key is destroyed or not in this token, or the recipient is retired
     */
    public CompletionStage<Released> release(KeyEncryptionKey key, TokenLabel token, byte[] blob, Recipient recipient) {
        requireUnwrapping(key, token);
        requireEnrolled(recipient);
        return in(token, dataKeys -> dataKeys.release(key.ckaId(), blob, recipient.key()));
    }

    /**
     * Has every token of another version wrap a data key, too, as far as they are this appliance's; none is left out.
     *
     * @param token where it is unwrapped
     * @param blob the 40 bytes that this token wrapped
     * @return empty where they are no wrapped key
     * @throws IllegalArgumentException if {@code from} is destroyed, {@code to} is not active, the window is closed or is not of these
     *     two, or the token moves no data keys between them
     */
    public CompletionStage<Optional<Wraps>> rewrap(
            KeyEncryptionKey from, KeyEncryptionKey to, RewrapWindow window, TokenLabel token, byte[] blob) {
        requireUnwrapping(from, token);
        requireActive(to);
        if (!isOf(window, from, to) || !from.tokensThatMoveTo(to).contains(token)) {
            throw new IllegalArgumentException(
                    "expected an open rewrap window from " + from.name() + " to " + to.name() + ", found another");
        }
        var spreading = new KeySpreading(tokens, to, token);
        Optional<CkaId> here = to.tokens().contains(token) ? Optional.of(to.ckaId()) : Optional.empty();
        return spreading
                .transferKeys(spreading.known())
                .thenCompose(Gathered::all)
                .thenCompose(others -> in(
                                token,
                                dataKeys -> dataKeys.rewrap(
                                        from.ckaId(), here, window.transit(), blob, List.copyOf(others.values())))
                        .thenCompose(moved -> switch (moved) {
                            case RewrappedKey dataKey ->
                                spreading
                                        .adopted(others, dataKey.passed())
                                        .thenCompose(Gathered::all)
                                        .thenApply(adopted -> Optional.of(spreading.wraps(dataKey.wrapped(), adopted)));
                            case NotAWrappedKey() -> completedStage(Optional.empty());
                        }));
    }

    private <T> CompletionStage<T> in(TokenLabel token, Function<TokenDataKeys, CompletionStage<T>> work) {
        return tokens.find(token).map(Hsm::dataKeys).map(work).orElseGet(() -> failedStage(Tokens.missing(token)));
    }

    private static boolean isOf(RewrapWindow window, KeyEncryptionKey from, KeyEncryptionKey to) {
        return window.closedAt().isEmpty()
                && window.alias().equals(from.alias())
                && window.alias().equals(to.alias())
                && window.from() == from.version()
                && window.to() == to.version();
    }

    private static void requireActive(KeyEncryptionKey key) {
        if (key.state() != State.ACTIVE) {
            throw new IllegalArgumentException(
                    key.name() + " does not wrap: expected an active one, found it " + StoredRow.text(key.state()));
        }
    }

    private static void requireUnwrapping(KeyEncryptionKey key, TokenLabel token) {
        if (key.state() == State.DESTROYED || !key.tokens().contains(token)) {
            throw new IllegalArgumentException(
                    key.name() + (key.state() == State.DESTROYED ? " is destroyed" : " is not in this token"));
        }
    }

    private static void requireEnrolled(Recipient recipient) {
        if (recipient.retiredAt().isPresent()) {
            throw new IllegalArgumentException("recipient '" + recipient.name() + "' is retired");
        }
    }
}
