package org.sealkeeper.hsm;

/** What became of a data key in the token. A refusal is expected, and a value; a token that fails is an {@link HsmFault}. */
public sealed interface DataKeyOutcome {

    /** What became of the wish for a new data key. */
    sealed interface Generated extends DataKeyOutcome {}

    /** What became of a request to release a wrapped data key. */
    sealed interface Released extends DataKeyOutcome {}

    /** What became of a request to wrap a data key under another key-encryption key. */
    sealed interface Rewrapped extends DataKeyOutcome {}

    /** A new data key, in the two forms in which it may leave the token. */
    final class NewDataKey implements Generated {
        private final byte[] wrapped;
        private final byte[] encryptedKey;

        NewDataKey(byte[] wrapped, byte[] encryptedKey) {
            this.wrapped = wrapped;
            this.encryptedKey = encryptedKey;
        }

        /** Wrapped under the key-encryption key: 40 bytes (RFC 3394). */
        public byte[] wrapped() {
            return wrapped;
        }

        /** Encrypted to the recipient: a JWE {@code encrypted_key} (RFC 7516). */
        public byte[] encryptedKey() {
            return encryptedKey;
        }
    }

    /** A data key that was released. */
    final class ReleasedKey implements Released {
        private final byte[] encryptedKey;

        ReleasedKey(byte[] encryptedKey) {
            this.encryptedKey = encryptedKey;
        }

        /** Encrypted to the recipient: a JWE {@code encrypted_key} (RFC 7516). */
        public byte[] encryptedKey() {
            return encryptedKey;
        }
    }

    /** A data key under another key-encryption key. */
    final class RewrappedKey implements Rewrapped {
        private final byte[] wrapped;

        RewrappedKey(byte[] wrapped) {
            this.wrapped = wrapped;
        }

        /** Wrapped under the other key-encryption key: 40 bytes (RFC 3394). */
        public byte[] wrapped() {
            return wrapped;
        }
    }

    /** The bytes are no AES-256 key wrapped under this key-encryption key. */
    record NotAWrappedKey() implements Released, Rewrapped {}

    /** The token holds no such recipient that its security officer trusts. */
    record RecipientNotTrusted() implements Generated, Released {}
}
