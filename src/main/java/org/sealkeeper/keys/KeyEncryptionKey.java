package org.sealkeeper.keys;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;

/**
 * One version of a key-encryption key, and of the keys beside it.
 *
 * @param ckaId what they are found by in each token
 * @param tokens that have them, each other ones; they were settled when the version was made
 */
public record KeyEncryptionKey(
        KeyAlias alias, int version, State state, CkaId ckaId, List<TokenLabel> tokens, Instant createdAt) {

    /** The most a wrapped key has room for. */
    public static final int MOST_TOKENS = 4;

    public KeyEncryptionKey {
        tokens = List.copyOf(tokens);
        if (tokens.isEmpty()
                || tokens.size() > MOST_TOKENS
                || Set.copyOf(tokens).size() != tokens.size()) {
            throw new IllegalArgumentException("expected 1 to " + MOST_TOKENS + " tokens, each once, found " + tokens);
        }
    }

    /** Where it is in its life (NIST SP 800-57 part 1, section 7). */
    public enum State {
        /** Wraps and unwraps. */
        ACTIVE,
        /** Unwraps only: a newer version wraps. */
        DEACTIVATED,
        /** Is no longer in the token, or about to go; what it wrapped is lost for good. */
        DESTROYED
    }

    /** Whether its data keys are wrapped for more than one token, each of which can be asked for them. */
    public boolean isInSeveralTokens() {
        return tokens.size() > 1;
    }

    /**
     * The tokens that can move data keys from this version to another, once a rewrap window is open: those that have the other one, too, or
     * can pass the data keys to those that have.
     */
    public List<TokenLabel> tokensThatMoveTo(KeyEncryptionKey other) {
        return tokens.stream()
                .filter(token -> other.isInSeveralTokens() || other.tokens.contains(token))
                .toList();
    }

    /** The CKA_LABEL of its object in the token. */
    public String label() {
        return CataloguedKey.label(alias, version);
    }

    /** How messages call it. */
    String name() {
        return "key-encryption key '" + alias + "' version " + version;
    }
}
