package org.sealkeeper.gate;

import java.util.Set;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.keys.RewrapWindow;

/** What is to be done with which key. Doing it needs an {@link Intent} of exactly this. */
public sealed interface KeyUse {

    /** What a token is asked for. Each may be asked for once under one intent; of those that one token after the other is asked for, of each. */
    enum Step {
        /** Signs a message. */
        SIGN,
        /** Makes a data key. */
        GENERATE,
        /** Makes the tag a wrapped key must have. */
        CHECK,
        /** Releases a data key. */
        RELEASE,
        /** Wraps a data key under another version. */
        REWRAP,
        /** Makes the tag of a new wrapped key. */
        BIND
    }

    /** What it takes. */
    Set<Step> steps();

    /** Whether the leaf says that this is about to be done. */
    boolean isToldBy(Leaf leaf);

    /** Signs, once. */
    sealed interface Signing extends KeyUse {
        /** The pair that signs. */
        CataloguedKey key();

        @Override
        default Set<Step> steps() {
            return Set.of(Step.SIGN);
        }

        @Override
        default boolean isToldBy(Leaf leaf) {
            return leaf.operation() == Operation.SIGN_BLOCK
                    && leaf.target().subject() instanceof Subject.Block
                    && leaf.target()
                            .key()
                            .filter(named -> named.keyId().equals(key().keyId()))
                            .isPresent();
        }
    }

    /** Signs one block. */
    record SignBlock(CataloguedKey key) implements Signing {}

    /** Signs the tree over the statements of many blocks, each of which has its leaf. */
    record SignBatch(CataloguedKey key) implements Signing {}

    /** Makes a data key for a recipient, and binds it to its context. */
    record MakeDataKey(KeyEncryptionKey key, Recipient recipient) implements Binding {
        @Override
        public Set<Step> steps() {
            return Set.of(Step.GENERATE, Step.BIND);
        }

        @Override
        public boolean isToldBy(Leaf leaf) {
            return isAbout(Operation.GENERATE_DATA_KEY, key, leaf);
        }

        @Override
        public KeyEncryptionKey bindingKey() {
            return key;
        }

        /** Laboratories go on sealing while a token is away. */
        @Override
        public boolean isBoundByAll() {
            return false;
        }
    }

    /** Checks a wrapped key, and releases its data key to a recipient. */
    record ReleaseDataKey(KeyEncryptionKey key, Recipient recipient) implements Checking {
        @Override
        public Set<Step> steps() {
            return Set.of(Step.CHECK, Step.RELEASE);
        }

        @Override
        public boolean isToldBy(Leaf leaf) {
            return isAbout(Operation.UNWRAP_DATA_KEY, key, leaf);
        }

        @Override
        public KeyEncryptionKey checkingKey() {
            return key;
        }
    }

    /** Checks a wrapped key, moves its data key to another version, and binds it there. */
    record RewrapDataKey(KeyEncryptionKey from, KeyEncryptionKey to, RewrapWindow window) implements Checking, Binding {
        @Override
        public Set<Step> steps() {
            return Set.of(Step.CHECK, Step.REWRAP, Step.BIND);
        }

        @Override
        public boolean isToldBy(Leaf leaf) {
            return isAbout(Operation.REWRAP_DATA_KEY, from, leaf);
        }

        @Override
        public KeyEncryptionKey checkingKey() {
            return from;
        }

        @Override
        public KeyEncryptionKey bindingKey() {
            return to;
        }

        /** What was moved is not moved again. */
        @Override
        public boolean isBoundByAll() {
            return true;
        }
    }

    /** What checks the tag of a wrapped key before anything else. */
    sealed interface Checking extends KeyUse {
        /** The key it was made under, or that it is checked with in place of one. */
        KeyEncryptionKey checkingKey();
    }

    /** What ends in a new wrapped key. */
    sealed interface Binding extends KeyUse {
        /** The key it is made under. */
        KeyEncryptionKey bindingKey();

        /** Whether every token that wrapped it must bind it; else those that cannot are left out. */
        boolean isBoundByAll();
    }

    private static boolean isAbout(Operation operation, KeyEncryptionKey key, Leaf leaf) {
        return leaf.operation() == operation
                && leaf.target().subject() instanceof Subject.DataKey dataKey
                && dataKey.key().equals(key.alias())
                && dataKey.version().orElse(key.version()) == key.version();
    }
}
