package org.sealkeeper.envelope;

import java.util.Optional;
import org.sealkeeper.keys.KeyEncryptionKey;

/**
 * What a text names that should be a wrapped key; not checked yet.
 *
 * @param key the key-encryption key it is checked with
 * @param wrapped present where that is the key it names
 * @param flaw present where it names none of ours; it is then treated as a forgery under {@code key}, from the decision to the
 *     last byte of the answer, so that callers cannot tell one refusal from another
 */
record PresentedKey(KeyEncryptionKey key, Optional<WrappedKey.Unchecked> wrapped, Optional<Refusal.Flaw> flaw) {

    static PresentedKey genuine(KeyEncryptionKey key, WrappedKey.Unchecked wrapped) {
        return new PresentedKey(key, Optional.of(wrapped), Optional.empty());
    }

    static PresentedKey forgery(KeyEncryptionKey key, Refusal.Flaw flaw) {
        return new PresentedKey(key, Optional.empty(), Optional.of(flaw));
    }
}
