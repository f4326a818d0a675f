package org.sealkeeper.keys.provisioning;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyState;

/**
 * One change of what tokens hold, of the policy, or of who approves changes, so exactly described that it can be approved before it is made. Equal ones are
 * the same change.
 */
public sealed interface Change {

    /** What the audit log will call it. */
    Operation operation();

    /**
     * A key that signs gets a pair in each of these tokens that lacks one.
     *
     * @param tokens in the order of the declaration
     */
    record CreateKey(KeyAlias alias, KeyPurpose purpose, SigningAlgorithm algorithm, List<TokenLabel> tokens)
            implements Change {
        public CreateKey {
            tokens = List.copyOf(tokens);
        }

        @Override
        public Operation operation() {
            return Operation.CREATE_KEY;
        }
    }

    /** The first version of a key-encryption key. */
    record CreateKeyEncryptionKey(KeyAlias alias, List<TokenLabel> tokens) implements Change {
        public CreateKeyEncryptionKey {
            tokens = List.copyOf(tokens);
        }

        @Override
        public Operation operation() {
            return Operation.CREATE_KEY;
        }
    }

    /**
     * A new version of a key-encryption key.
     *
     * @param version the new one
     */
    record RotateKey(KeyAlias alias, int version, List<TokenLabel> tokens) implements Change {
        public RotateKey {
            tokens = List.copyOf(tokens);
        }

        @Override
        public Operation operation() {
            return Operation.ROTATE_KEY;
        }
    }

    /**
     * A new version of a key that signs is made, which signs nothing yet.
     *
     * @param version the new one
     */
    record PrepareKey(KeyAlias alias, int version, List<TokenLabel> tokens) implements Change {
        public PrepareKey {
            tokens = List.copyOf(tokens);
        }

        @Override
        public Operation operation() {
            return Operation.ROTATE_KEY;
        }
    }

    /**
     * A version of a key that signs comes into another state. Of a key that signs blocks, the version that was active before is deactivated where
     * this one becomes active.
     *
     * @param to active, suspended, deactivated or compromised
     * @param compromisedSince from when on what it signed is to be doubted; present where it is compromised
     */
    record ChangeKeyState(KeyAlias alias, int version, KeyState to, Optional<Instant> compromisedSince)
            implements Change {
        /** What may be asked for. */
        public static final Set<KeyState> TO =
                Set.of(KeyState.ACTIVE, KeyState.SUSPENDED, KeyState.DEACTIVATED, KeyState.COMPROMISED);

        public ChangeKeyState {
            if (!TO.contains(to) || compromisedSince.isPresent() != (to == KeyState.COMPROMISED)) {
                throw new IllegalArgumentException("expected one of " + TO + ", with a time where it is compromised");
            }
        }

        @Override
        public Operation operation() {
            return Operation.CHANGE_KEY_STATE;
        }
    }

    /**
     * A key that signs gets another certificate.
     *
     * @param chain the key's own certificate first, each issued by the next
     */
    record CertifyKey(KeyAlias alias, int version, List<X509Certificate> chain) implements Change {
        public CertifyKey {
            chain = List.copyOf(chain);
        }

        @Override
        public Operation operation() {
            return Operation.IMPORT_CERTIFICATE;
        }
    }

    /** The private half of a version of a key that signs no more goes. */
    record DestroySigningKey(KeyAlias alias, int version) implements Change {
        @Override
        public Operation operation() {
            return Operation.DESTROY_KEY;
        }
    }

    /**
     * A version of a key-encryption key goes, and with it whatever is wrapped under it.
     *
     * @param dataKeys how many data keys the audit log knows to be wrapped under it; no more may be lost
     */
    record DestroyKey(KeyAlias alias, int version, int dataKeys) implements Change {
        @Override
        public Operation operation() {
            return Operation.DESTROY_KEY;
        }
    }

    /** Data keys may be released to the key of this certificate. */
    record EnrollRecipient(RecipientName name, X509Certificate certificate) implements Change {
        @Override
        public Operation operation() {
            return Operation.ENROLL_RECIPIENT;
        }
    }

    /** Nothing is released to this recipient any more. */
    record RetireRecipient(RecipientName name) implements Change {
        @Override
        public Operation operation() {
            return Operation.RETIRE_RECIPIENT;
        }
    }

    /** Data keys may move from one version of a key-encryption key to another. */
    record OpenRewrapWindow(KeyAlias alias, int from, int to) implements Change {
        @Override
        public Operation operation() {
            return Operation.OPEN_REWRAP_WINDOW;
        }
    }

    /** They move no more. */
    record CloseRewrapWindow(KeyAlias alias) implements Change {
        @Override
        public Operation operation() {
            return Operation.CLOSE_REWRAP_WINDOW;
        }
    }

    /**
     * A policy may come into force.
     *
     * @param policy the text of its file
     */
    record ApprovePolicy(String policy) implements Change {
        @Override
        public Operation operation() {
            return Operation.APPROVE_POLICY;
        }
    }

    /**
     * Others approve changes from now on.
     *
     * @param officers the text of their file
     */
    record ChangeOfficers(String officers) implements Change {
        @Override
        public Operation operation() {
            return Operation.CHANGE_OFFICERS;
        }
    }

    /**
     * The store takes what it lacks of a catalogue that was exported.
     *
     * @param digest SHA-256 of the catalogue in lowercase hex
     */
    record ImportCatalogue(String digest) implements Change {
        private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

        public ImportCatalogue {
            if (!SHA_256.matcher(digest).matches()) {
                throw new IllegalArgumentException("expected a SHA-256 in lowercase hex");
            }
        }

        @Override
        public Operation operation() {
            return Operation.IMPORT_CATALOGUE;
        }
    }

    /** An appliance goes on without a token that is lost for good. */
    record ForgetToken(TokenLabel token) implements Change {
        @Override
        public Operation operation() {
            return Operation.FORGET_TOKEN;
        }
    }
}
