package org.sealkeeper.hsm;

import java.util.List;
import java.util.Optional;

/** What became of a data key in the token. A refusal is expected, and a value; a token that fails is an {@link HsmFault}. */
public sealed interface DataKeyOutcome {

    /** What became of the wish for a new data key. */
    sealed interface Generated extends DataKeyOutcome {}

    /** What became of a request to release a wrapped data key. */
    sealed interface Released extends DataKeyOutcome {}

    /** What became of a request to wrap a data key under another key-encryption key. */
    sealed interface Rewrapped extends DataKeyOutcome {}

    /** A new data key, in the forms in which it may leave the token. */
    final class NewDataKey implements Generated {
        private final Wrapped wrapped;
        private final ReleasedKey released;

        NewDataKey(Wrapped wrapped, ReleasedKey released) {
            this.wrapped = wrapped;
            this.released = released;
        }

        /** Wrapped under the key-encryption key: 40 bytes (RFC 3394). */
        public byte[] wrapped() {
            return wrapped.underKey.orElseThrow();
        }

        /** Encrypted to each transfer key, in their order. No caller gets these. */
        public List<byte[]> passed() {
            return wrapped.passed;
        }

        /** What the recipient gets. */
        public ReleasedKey released() {
            return released;
        }
    }

    /** A data key as this token and others are to keep it. */
    final class Wrapped {
        private final Optional<byte[]> underKey;
        private final List<byte[]> passed;

        Wrapped(Optional<byte[]> underKey, List<byte[]> passed) {
            this.underKey = underKey;
            this.passed = List.copyOf(passed);
        }

        byte[] underKey() {
            return underKey.orElseThrow();
        }

        byte[] onlyPassed() {
            return passed.getFirst();
        }
    }

    /** A data key that was released. */
    final class ReleasedKey implements Released {
        private final byte[] encryptedKey;
        private final RecipientAlgorithm algorithm;

        ReleasedKey(byte[] encryptedKey, RecipientAlgorithm algorithm) {
            this.encryptedKey = encryptedKey;
            this.algorithm = algorithm;
        }

        /** The JWE {@code alg} (RFC 7518 section 4.1) of it. */
        public String alg() {
            return algorithm.joseName();
        }

        /** Encrypted to the recipient: a JWE {@code encrypted_key} (RFC 7516). */
        public byte[] encryptedKey() {
            return encryptedKey;
        }
    }

    /** A data key under another key-encryption key. */
    final class RewrappedKey implements Rewrapped {
        private final Wrapped wrapped;

        RewrappedKey(Wrapped wrapped) {
            this.wrapped = wrapped;
        }

        /** Wrapped under the other key-encryption key: 40 bytes (RFC 3394); empty where this token does not have that. */
        public Optional<byte[]> wrapped() {
            return wrapped.underKey;
        }

        /** Encrypted to each transfer key, in their order. No caller gets these. */
        public List<byte[]> passed() {
            return wrapped.passed;
        }
    }

    /** The bytes are no AES-256 key wrapped under this key-encryption key. */
    record NotAWrappedKey() implements Released, Rewrapped {}

    /** The token holds no such recipient that its security officer trusts. */
    record RecipientNotTrusted() implements Generated, Released {}
}
