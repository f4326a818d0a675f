package org.sealkeeper.envelope;

import org.sealkeeper.audit.Reason;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;

/** Why a request about a data key is refused. */
sealed interface Refusal extends DataKeyResult {

    /** The policy does not allow it. */
    record Forbidden() implements Refusal {}

    /** No key-encryption key of this alias makes data keys. */
    record UnknownKey(KeyAlias key) implements Refusal {}

    /** No recipient of this name is enrolled, or the token does not trust its key. */
    record UnknownRecipient(RecipientName recipient) implements Refusal {}

    /** The version of the key-encryption key is destroyed, and every data key under it with it. */
    record KeyDestroyed(KeyAlias key, int version) implements Refusal {}

    /** An emergency that is not justified yet, or whose time is over. */
    record JustificationRequired() implements Refusal {}

    /** Nothing can be re-wrapped outside a rewrap window. */
    record NoRewrapWindow(KeyAlias key) implements Refusal {}

    /** The wrapped key is not one of ours for this context. The caller learns no more; the audit log does. */
    record WrappedKeyInvalid(Flaw flaw) implements Refusal {}

    /** What is wrong with a wrapped key. */
    enum Flaw {
        /** It is not of the documented form. */
        MALFORMED("wrapped-key-malformed"),
        /** It names a key-encryption key, or a version, that there never was here. */
        OF_UNKNOWN_KEY("wrapped-key-of-unknown-key"),
        /** Its tag is not right: it was altered or forged, or the context is another. */
        NOT_AUTHENTIC("wrapped-key-not-authentic"),
        /** Its tag is right, but the token does not unwrap it: this can only be damage in the token. */
        NOT_UNWRAPPABLE("wrapped-key-not-unwrappable");

        private final String reason;

        Flaw(String reason) {
            this.reason = reason;
        }

        Reason reason() {
            return new Reason(reason);
        }
    }
}
