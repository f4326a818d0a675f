package org.sealkeeper.gate;

import java.util.concurrent.CompletionStage;
import org.sealkeeper.hsm.DataKeyOutcome;
import org.sealkeeper.keys.DataKeys;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.keys.RewrapWindow;

/**
 * Lets nobody to a key encryption key whose intent is not recorded; else as {@link DataKeys}. Stages complete on one of the few
 * threads that use the token: what depends on them must be short, and must never wait.
 */
public final class DataKeyGate {
    private final DataKeys keys;

    public DataKeyGate(DataKeys keys) {
        this.keys = keys;
    }

    /**
     * Authenticates a message.
     *
     * @param intent of which the transaction is committed
     */
    public CompletionStage<byte[]> authenticate(Intent intent, KeyEncryptionKey key, byte[] message) {
        intent.requireRecorded();
        return keys.authenticate(key, message);
    }

    /**
     * Has a data key made.
     *
     * @param intent of which the transaction is committed
     */
    public CompletionStage<DataKeyOutcome.Generated> generate(
            Intent intent, KeyEncryptionKey key, Recipient recipient) {
        intent.requireRecorded();
        return keys.generate(key, recipient);
    }

    /**
     * Has a data key released.
     *
     * @param intent of which the transaction is committed
     */
    public CompletionStage<DataKeyOutcome.Released> release(
            Intent intent, KeyEncryptionKey key, byte[] wrapped, Recipient recipient) {
        intent.requireRecorded();
        return keys.release(key, wrapped, recipient);
    }

    /**
     * Has a data key re-wrapped.
     *
     * @param intent of which the transaction is committed
     */
    public CompletionStage<DataKeyOutcome.Rewrapped> rewrap(
            Intent intent, KeyEncryptionKey from, KeyEncryptionKey to, RewrapWindow window, byte[] wrapped) {
        intent.requireRecorded();
        return keys.rewrap(from, to, window, wrapped);
    }
}
