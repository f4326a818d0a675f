package org.sealkeeper.keys;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.TokenLabel;

/** Every key of the appliance, each active one proven to be in its token as declared. Safe for use by many threads. */
public final class KeyRing {
    private final Tokens tokens;
    private final TokenTurns turns;
    private final List<CataloguedKey> keys;
    private final Map<KeyId, CataloguedKey> byId;

    private KeyRing(Tokens tokens, List<CataloguedKey> keys) {
        this.tokens = tokens;
        this.turns = new TokenTurns(tokens, tokens::leastBusy);
        this.keys = keys;
        this.byId = keys.stream().collect(Collectors.toUnmodifiableMap(CataloguedKey::keyId, Function.identity()));
    }

    /**
     * Reads the catalogue and tests every active key in the tokens that are used. Another token proves its keys before it is used.
     *
     * @throws ConfigurationFault naming the first key, and attribute, that is not as declared, or is in no token of the appliance
     */
    public static KeyRing open(Tokens tokens, KeyCatalogue catalogue) {
        var ring = new KeyRing(tokens, List.copyOf(catalogue.keys()));
        ring.requireTokens();
        tokens.used().forEach(ring::require);
        return ring;
    }

    private void requireTokens() {
        active().filter(key -> tokens.find(key.token()).isEmpty()).findFirst().ifPresent(key -> {
            throw new ConfigurationFault(key.name() + " is in the token '" + key.token()
                    + "', which is none of this appliance's: declare it under 'tokens' in its file; where it is lost, see"
                    + " 'sealkeeper token forget --help'");
        });
    }

    /** The key that signs under this alias; empty where there is none, or it is for another purpose. */
    public Optional<SigningKey> activeKey(KeyAlias alias, KeyPurpose purpose) {
        List<CataloguedKey> pairs = active().filter(key -> key.alias().equals(alias) && key.purpose() == purpose)
                .toList();
        return pairs.isEmpty() ? Optional.empty() : Optional.of(new SigningKey(pairs));
    }

    /** The key pair of this id, of whatever state; empty where it is not ours. */
    public Optional<CataloguedKey> key(KeyId keyId) {
        return Optional.ofNullable(byId.get(keyId));
    }

    /** Every key pair there is or was, by alias and version. */
    public List<CataloguedKey> keys() {
        return keys;
    }

    private Stream<CataloguedKey> active() {
        return keys.stream().filter(key -> key.state() == KeyState.ACTIVE);
    }

    /** The pair that would sign now: in the token that is used and has the least to do; any, where none is used. */
    public CataloguedKey first(SigningKey key) {
        return key.in(turns.first(key.tokens()));
    }

    /**
     * Signs with the {@link #first} pair; where its token fails, with the next one, until all have failed.
     *
     * @param signing signs with a pair; may be done once for each
     */
    public <T> CompletionStage<T> untilOneSigns(SigningKey key, Function<CataloguedKey, CompletionStage<T>> signing) {
        return turns.untilOneCan(key.tokens(), token -> signing.apply(key.in(token)), signed -> false);
    }

    /** The token of the key, where the audit log is to name it. */
    public Optional<TokenLabel> recordedToken(CataloguedKey key) {
        return tokens.recorded(key.token());
    }

    /**
     * Signs with the key, and verifies the signature before the stage completes.
     *
     * <p>The stage completes on one of the few threads that sign: what depends on it must be short, and must never wait.
     *
     * @param purpose what the signature is for
     * @param message the bytes before any digest
     * @return the signature in JWS form (RFC 7518 section 3.4); or {@link org.sealkeeper.hsm.HsmFault}, or {@link
     *     org.sealkeeper.kernel.Overload} where nothing was begun
     * @throws IllegalArgumentException if the key is for another purpose, or signs no more
     */
    public CompletionStage<byte[]> sign(CataloguedKey key, KeyPurpose purpose, byte[] message) {
        return sign(key, purpose, message, () -> {});
    }

    /**
     * As above, if nothing is in the way at the last moment.
     *
     * @param last runs right before the token is asked; what it throws is the stage's failure
     */
    public CompletionStage<byte[]> sign(CataloguedKey key, KeyPurpose purpose, byte[] message, Runnable last) {
        if (key.purpose() != purpose || key.state() != KeyState.ACTIVE) {
            throw new IllegalArgumentException("expected an active key for " + purpose.text() + ", found " + key.name()
                    + ", " + key.state().text() + ", for " + key.purpose().text());
        }
        return tokens.require(key.token()).signatures().sign(key.ckaId(), key.verificationKey(), message, last);
    }

    /**
     * Tests every active key of a token that was let in.
     *
     * @throws ConfigurationFault naming the first key, and attribute, that is not as declared
     */
    void require(Hsm token) {
        var selfTest = new KeySelfTest(token);
        active().filter(key -> key.token().equals(token.label())).forEach(selfTest::pass);
    }

    /** The key that probes of a token sign with: one that signs the audit log, if there is one. */
    public Optional<CataloguedKey> healthKey(TokenLabel token) {
        return active().filter(key -> key.token().equals(token))
                .min(Comparator.comparing(key -> key.purpose() != KeyPurpose.AUDIT_SIGNING));
    }
}
