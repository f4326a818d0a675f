package org.sealkeeper.keys;

import java.util.concurrent.CompletionStage;
import org.sealkeeper.hsm.DataKeyOutcome;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenDataKeys;
import org.sealkeeper.keys.KeyEncryptionKey.State;

/**
 * What the token does with data keys, for key-encryption keys whose state allows it. Stages complete on one of the few
 * threads that use the token: what depends on them must be short, and must never wait.
 */
public final class DataKeys {
    private final TokenDataKeys token;

    public DataKeys(Hsm hsm) {
        this.token = hsm.dataKeys();
    }

    /**
     * The HMAC-SHA-256 (RFC 2104) of a message with the binding key, 32 bytes; compare it in constant time.
     *
     * @throws IllegalArgumentException if the key is destroyed
     */
    public CompletionStage<byte[]> authenticate(KeyEncryptionKey key, byte[] message) {
        requireUnwrapping(key);
        return token.authenticate(key.ckaId(), message);
    }

    /**
     * Makes a data key for the recipient.
     *
     * @throws IllegalArgumentException if the key is not active, or the recipient is retired
     */
    public CompletionStage<DataKeyOutcome.Generated> generate(KeyEncryptionKey key, Recipient recipient) {
        requireActive(key);
        requireEnrolled(recipient);
        return token.generate(key.ckaId(), recipient.key());
    }

    /**
     * Releases a data key to the recipient.
     *
     * @param wrapped the 40 bytes that {@link #generate} or {@link #rewrap} gave
     * @throws IllegalArgumentException if the key is destroyed, or the recipient is retired
     */
    public CompletionStage<DataKeyOutcome.Released> release(KeyEncryptionKey key, byte[] wrapped, Recipient recipient) {
        requireUnwrapping(key);
        requireEnrolled(recipient);
        return token.release(key.ckaId(), wrapped, recipient.key());
    }

    /**
     * Wraps a data key under another version.
     *
     * @throws IllegalArgumentException if {@code from} is destroyed, {@code to} is not active, or the window is closed or is
     *     not of these two
     */
    public CompletionStage<DataKeyOutcome.Rewrapped> rewrap(
            KeyEncryptionKey from, KeyEncryptionKey to, RewrapWindow window, byte[] wrapped) {
        requireUnwrapping(from);
        requireActive(to);
        if (!isOf(window, from, to)) {
            throw new IllegalArgumentException(
                    "expected an open rewrap window from " + from.name() + " to " + to.name() + ", found another");
        }
        return token.rewrap(from.ckaId(), to.ckaId(), window.transit(), wrapped);
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

    private static void requireUnwrapping(KeyEncryptionKey key) {
        if (key.state() == State.DESTROYED) {
            throw new IllegalArgumentException(key.name() + " is destroyed");
        }
    }

    private static void requireEnrolled(Recipient recipient) {
        if (recipient.retiredAt().isPresent()) {
            throw new IllegalArgumentException("recipient '" + recipient.name() + "' is retired");
        }
    }
}
