package org.sealkeeper.keys;

import static java.util.concurrent.CompletableFuture.failedStage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.TokenLabel;

/**
 * Every key of the appliance, each active one proven to be in its token as declared. It follows what commands change in the catalogue beside
 * the appliance. Safe for use by many threads.
 */
public final class KeyRing {
    private static final System.Logger LOG = System.getLogger(KeyRing.class.getName());

    private final Tokens tokens;
    private final TokenTurns turns;
    private volatile Known known;
    /** Those that were complained about; used by the thread that takes changes. */
    private final Set<KeyId> unproven = new HashSet<>();

    /** All keys at one moment; of the active ones, those that sign. */
    private record Known(
            List<CataloguedKey> keys,
            List<CataloguedKey> signing,
            Map<KeyId, CataloguedKey> byId,
            Map<KeyAlias, SigningKey> byAlias) {
        private Known(List<CataloguedKey> keys, List<CataloguedKey> signing) {
            this(
                    List.copyOf(keys),
                    List.copyOf(signing),
                    keys.stream().collect(Collectors.toUnmodifiableMap(CataloguedKey::keyId, Function.identity())),
                    signing.stream()
                            .collect(Collectors.groupingBy(
                                    CataloguedKey::alias,
                                    Collectors.collectingAndThen(Collectors.toList(), SigningKey::newest))));
        }
    }

    private KeyRing(Tokens tokens, List<CataloguedKey> keys) {
        this.tokens = tokens;
        this.turns = new TokenTurns(tokens, tokens::leastBusy);
        this.known = new Known(keys, active(keys));
    }

    /**
     * Reads the catalogue and tests every active key in the tokens that are used. Another token proves its keys before it is used.
     *
     * @throws ConfigurationFault naming the first key, and attribute, that is not as declared, or is in no token of the appliance
     */
    public static KeyRing open(Tokens tokens, KeyCatalogue catalogue) {
        var ring = new KeyRing(tokens, catalogue.keys());
        ring.requireTokens();
        tokens.used().forEach(ring::require);
        return ring;
    }

    private void requireTokens() {
        signing().filter(key -> tokens.find(key.token()).isEmpty()).findFirst().ifPresent(key -> {
            throw new ConfigurationFault(key.name() + " is in the token '" + key.token()
                    + "', which is none of this appliance's: declare it under 'tokens' in its file; where it is lost, see"
                    + " 'sealkeeper token forget --help'");
        });
    }

    /**
     * Takes what the catalogue has now: what is not active any more signs nothing from now on, and what has become active signs once its token,
     * if that is used, has proven it. Not for two threads at a time.
     *
     * @return whether every active key signs; false where one was not proven, which is to be tried again
     */
    boolean take(List<CataloguedKey> keys) {
        List<CataloguedKey> signing = new ArrayList<>();
        List<CataloguedKey> active = active(keys);
        for (CataloguedKey key : active) {
            if (signs(key) || isProven(key)) {
                signing.add(key);
            }
        }
        known = new Known(keys, signing);
        return signing.size() == active.size();
    }

    private boolean signs(CataloguedKey key) {
        return signing().anyMatch(other -> other.keyId().equals(key.keyId()));
    }

    /** A token that is not used proves its keys before it is. */
    private boolean isProven(CataloguedKey key) {
        Optional<Hsm> token = tokens.used().stream()
                .filter(used -> used.label().equals(key.token()))
                .findFirst();
        try {
            token.ifPresent(used -> new KeySelfTest(used).pass(key));
            unproven.remove(key.keyId());
            return tokens.find(key.token()).isPresent();
        } catch (ConfigurationFault | HsmFault failure) {
            if (unproven.add(key.keyId())) {
                LOG.log(System.Logger.Level.ERROR, "{0} signs nothing yet: {1}", key.name(), failure.getMessage());
            }
            return false;
        }
    }

    /** The key that signs under this alias; empty where there is none, or it is for another purpose. */
    public Optional<SigningKey> activeKey(KeyAlias alias, KeyPurpose purpose) {
        return Optional.ofNullable(known.byAlias().get(alias))
                .filter(key -> key.pairs().getFirst().purpose() == purpose);
    }

    /** Whether there is a key of this alias for this purpose, also if no version of it signs now. */
    public boolean has(KeyAlias alias, KeyPurpose purpose) {
        return keys().stream().anyMatch(key -> key.alias().equals(alias) && key.purpose() == purpose);
    }

    /** The key pair of this id, of whatever state; empty where it is not ours. */
    public Optional<CataloguedKey> key(KeyId keyId) {
        return Optional.ofNullable(known.byId().get(keyId));
    }

    /** Every key pair there is or was, by alias and version. */
    public List<CataloguedKey> keys() {
        return known.keys();
    }

    /** Those that sign for this purpose, by alias and version. */
    List<CataloguedKey> signing(KeyPurpose purpose) {
        return signing().filter(key -> key.purpose() == purpose).toList();
    }

    private Stream<CataloguedKey> signing() {
        return known.signing().stream();
    }

    private static List<CataloguedKey> active(List<CataloguedKey> keys) {
        return keys.stream().filter(key -> key.state() == KeyState.ACTIVE).toList();
    }

    /** The pair that would sign blocks now: in the token that is used and has the least to do; any, where none is used. */
    public Optional<CataloguedKey> first(KeyAlias alias) {
        return activeKey(alias, KeyPurpose.BLOCK_SIGNING).map(key -> key.in(turns.first(key.tokens())));
    }

    /**
     * Signs blocks with the {@link #first} pair; where its token fails, with the next one, until all have failed.
     *
     * @param signing signs with a pair; may be done once for each
     * @return fails with {@link InactiveKey} where no version of the key signs
     */
    public <T> CompletionStage<T> untilOneSigns(KeyAlias alias, Function<CataloguedKey, CompletionStage<T>> signing) {
        return activeKey(alias, KeyPurpose.BLOCK_SIGNING)
                .map(key -> turns.untilOneCan(key.tokens(), token -> signing.apply(key.in(token)), (T signed) -> false))
                .orElseGet(() -> failedStage(new InactiveKey(alias)));
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
     * @throws IllegalArgumentException if the key is for another purpose, or signed no more when it was looked up
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
        active(keys()).stream().filter(key -> key.token().equals(token.label())).forEach(selfTest::pass);
    }

    /** The key that probes of a token sign with: one that signs the audit log, if there is one. */
    public Optional<CataloguedKey> healthKey(TokenLabel token) {
        return signing()
                .filter(key -> key.token().equals(token))
                .min(Comparator.comparing(key -> key.purpose() != KeyPurpose.AUDIT_SIGNING));
    }
}
