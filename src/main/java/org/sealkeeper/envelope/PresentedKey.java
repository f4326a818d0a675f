package org.sealkeeper.envelope;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.envelope.WrappedKeyText.Claimed;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;

/**
 * What a text names that should be a wrapped key; not checked yet.
 *
 * @param key the key-encryption key it is checked with
 * @param wrapped present where that is the key it names
 * @param flaw present where it names none of ours; it is then treated as a forgery under {@code key}, from the decision to the
 *     last byte of the answer, so that callers cannot tell one refusal from another
 */
record PresentedKey(KeyEncryptionKey key, Optional<Claimed> wrapped, Optional<Refusal.Flaw> flaw) {

    static PresentedKey genuine(KeyEncryptionKey key, Claimed wrapped) {
        return new PresentedKey(key, Optional.of(wrapped), Optional.empty());
    }

    static PresentedKey forgery(KeyEncryptionKey key, Refusal.Flaw flaw) {
        return new PresentedKey(key, Optional.empty(), Optional.of(flaw));
    }

    /** The tokens that may have wrapped it, or may be asked in their place. */
    List<TokenLabel> tokens() {
        return wrapped.map(claimed -> claimed.key().wraps().tokens()).orElseGet(key::tokens);
    }

    /** What this token is to have wrapped. */
    byte[] blob(TokenLabel token) {
        return wrapped.orElseThrow().key().wraps().in(token);
    }

    /** Why nothing under it can be opened any more. */
    Optional<Refusal> destroyed() {
        return key.state() == KeyEncryptionKey.State.DESTROYED
                ? Optional.of(new Refusal.KeyDestroyed(key.alias(), key.version()))
                : Optional.empty();
    }

    /**
     * What the audit log says of it.
     *
     * @param text as it was presented
     * @param purpose a code of HL7's v3-PurposeOfUse
     */
    Subject.DataKey subject(String text, Optional<RecipientName> recipient, Optional<String> purpose) {
        return new Subject.DataKey(
                key.alias(),
                wrapped.isPresent() ? OptionalInt.of(key.version()) : OptionalInt.empty(),
                Optional.of(DataKeyId.of(text)),
                recipient,
                purpose,
                OptionalLong.empty());
    }
}
